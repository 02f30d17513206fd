"""The one origin of the page, and its files."""
