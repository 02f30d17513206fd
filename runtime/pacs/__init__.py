"""The PACS API: the images of the existing bucket over HTTP, and the way from an image to a job."""
