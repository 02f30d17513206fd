"""What AWS, awsx or the registry would refuse, found before the first resource and said all at once."""
