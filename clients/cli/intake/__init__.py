"""Takes the files of folders into a PACS bucket, and counts what became of each."""
