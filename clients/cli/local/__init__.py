"""What the commands know of a local system: its record, its logs, its sample images."""
