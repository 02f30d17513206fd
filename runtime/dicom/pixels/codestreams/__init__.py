"""Compressed frames: what their markers say, and whether they are whole."""
