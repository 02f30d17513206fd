"""The existing bucket of DICOM files, as the workers and the PACS API read it."""

from runtime.archive.pattern import KeyPattern
from runtime.archive.store import Archive, Entry, Page, Stored

__all__ = ["Archive", "Entry", "KeyPattern", "Page", "Stored"]
