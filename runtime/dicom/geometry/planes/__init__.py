"""One frame: where it lies, how large its pixels are, and which attribute says so."""
