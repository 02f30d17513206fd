"""The existing bucket of DICOM files, as the workers and the PACS API read it."""

from runtime.archive.entries import Entry, Page, Stored
from runtime.archive.pattern import KeyPattern
from runtime.archive.store import Archive

__all__ = ["Archive", "Entry", "KeyPattern", "Page", "Stored"]
