"""Where results go: topics for messages, a bucket for outputs."""
