"""What answers the internet: HTTP APIs and CloudFront."""
