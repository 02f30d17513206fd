"""Ports: the named, typed inputs and outputs of an algorithm, read from its function's signature."""
