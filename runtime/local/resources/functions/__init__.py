"""Lambda functions, what calls them, and when."""
