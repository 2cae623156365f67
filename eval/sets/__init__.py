"""The sets, a file each: `load` reads one from a folder. A new one gets a line in `eval.registry`."""
