"""What divides an image into regions."""
