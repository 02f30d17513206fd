"""What a declaration must satisfy before it becomes a service."""
