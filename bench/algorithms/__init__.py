"""The libraries that could compute an algorithm, side by side."""
