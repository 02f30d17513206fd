"""The declared inputs and outputs of an algorithm: read from files, checked, and written into files."""
