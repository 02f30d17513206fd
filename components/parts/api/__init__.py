"""What the processing API consists of beside its handlers: access, limits and routes."""
