"""What returns numbers alone."""
