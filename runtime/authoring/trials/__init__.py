"""One computation as a worker's child does it, in a process that may die."""
