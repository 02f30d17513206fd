"""Bytes to a parsed header: bounded, guarded, its numbers finite or absent."""
