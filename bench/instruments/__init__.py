"""What measures: turns, proxies, processes, bills, and systems to measure."""
