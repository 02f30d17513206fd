"""The subcommands of `imaging`, one file each."""
