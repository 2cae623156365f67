"""Measures the assistant: asks it the questions of a set and scores its answers.

`run` asks a set, `metrics` scores, `selective` weighs precision against coverage, `compare` and `gate` hold
a result against an older one, `calibrate` teaches the verifier and the judge of answers,
`bench` measures speed. `sets` reads the sets, `registry` names them. Figures stand in BENCHMARKS.md.
"""
