"""The Lambda functions that nobody calls over HTTP, and what every function is made of."""
