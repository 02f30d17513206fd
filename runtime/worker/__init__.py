"""The worker: takes an algorithm's jobs from its queue and ends each of them exactly once.

A job goes through these files in this order: `receive`, `prepare` (with `inputs`), `compute` (with `process`, and
`child` in the process that may die), `commit` (with `outputs`, `publish`, `table`). `service` puts them together.
"""
