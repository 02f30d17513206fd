"""The command line itself: exit codes, signals, columns, times."""
