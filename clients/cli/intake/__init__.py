"""Takes DICOM files from folders into a PACS bucket: what is an image, where it goes, what is refused and why."""
