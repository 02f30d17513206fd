"""What a result says of its values, outputs and inputs, and how it fits into one message."""
