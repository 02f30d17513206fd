"""A series of several volumes: what tells them apart."""
