"""Two images: laid on each other, and compared."""
