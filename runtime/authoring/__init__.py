"""What a plugin's author works with: an algorithm computed as a worker would, on one machine and without a cloud."""
