"""The components of a stack. Shared parts are in `parts`, the stack's configuration is in `configuration`."""
