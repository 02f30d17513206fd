"""Pixel data to stored values, for every transfer syntax."""
