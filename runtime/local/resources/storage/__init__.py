"""Tables, buckets and keys."""
