"""How good it is: questions put to the assistant, and what became of them as figures.

`run` puts a set, `metrics` and `selective` count, `compare` and `gate` hold a result against an older one,
`bench` measures speed. `sets` reads the sets, `registry` names them. Figures stand in BENCHMARKS.md.
"""
