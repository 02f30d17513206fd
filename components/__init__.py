"""The components of a stack. What they share is in `parts`, what they are told in `configuration`."""
