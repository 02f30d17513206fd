"""Reaches the system that a command of operators looks at, here or on AWS."""
