"""DICOM on the way in, and the PNG previews on the way out."""

from runtime.dicom.read import read_image
from runtime.dicom.show.encode import mosaic, png
from runtime.dicom.show.window import render, value_window

__all__ = ["mosaic", "png", "read_image", "render", "value_window"]
