"""Services, their tasks and their container images."""
