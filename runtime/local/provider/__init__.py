"""The second front end of the embedded cloud: provider processes that the real Pulumi engine calls."""
