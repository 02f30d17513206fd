"""The process from which children are forked, and what each child has and leaves."""
