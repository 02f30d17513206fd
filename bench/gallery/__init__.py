"""The page that shows what each algorithm makes of a real series."""
