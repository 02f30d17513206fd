"""What a stack is told: the keys, how each is read, and what is wrong between them."""
