"""Takes DICOM files into the existing bucket: what is an image, where it goes, and never over what is there."""
