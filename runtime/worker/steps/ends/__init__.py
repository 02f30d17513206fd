"""From an outcome to a told end: files, manifest, table, topics, message."""
