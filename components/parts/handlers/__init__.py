"""What every Lambda function has: permissions, surroundings, concurrency, schedule and subscriptions."""
