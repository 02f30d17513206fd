"""One algorithm as a service: its queues, its workers, and its record for the router."""
