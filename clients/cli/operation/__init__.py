"""What whoever operates a system looks at: read from its queues, services and table, here or on AWS."""
