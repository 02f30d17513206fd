"""What the page says of each algorithm in Italian: a module for each room of the collection."""
