"""What the page's CloudFront distribution consists of: origins, behaviours, headers and functions."""
