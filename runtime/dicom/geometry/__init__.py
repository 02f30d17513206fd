"""Where planes lie, and which of them make a volume."""
