"""Common image algorithms, each in a file of its own."""
