"""What every Fargate service has: its task, what awsx does not say, and what workers may do."""
