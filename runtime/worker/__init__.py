"""The worker receives the jobs of one algorithm from its requests queue and ends each of them exactly once.

A job goes through these files of `steps` in this order: `receive`, `prepare` (with `inputs`), `compute` (with `begin`,
`run`, and `child` in the process that may die), `commit`, `announce` (with `ends`, `publication`). `parts` wires them.
"""
