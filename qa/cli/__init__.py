"""The terminal: commands, flags, and output.

`qa/__main__.py` names the commands; `output` prints answers for readers, `as_json` for programs.
Imports `core` to `suggest`.
"""
