"""Whether each job still has one end if workers are killed and stopped, and calls and dependencies fail."""
