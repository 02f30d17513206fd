"""What whoever operates a system looks at: read from its queues, services and table, by a command or by a function.

Plain Python: the Lambda bundle carries these files.
"""
