"""From a stored result to what its client is handed."""
