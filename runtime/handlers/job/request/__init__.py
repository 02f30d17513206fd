"""From a request to a job on its queue."""
