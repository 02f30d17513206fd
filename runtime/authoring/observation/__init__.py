"""What an algorithm does beside returning its result."""
