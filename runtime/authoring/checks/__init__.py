"""What every algorithm must do with every image that a worker may hand to it."""
