"""Layouts of pixels for tests."""

from pydicom.uid import ExplicitVRLittleEndian

from runtime.dicom.pixels.layout import Layout


def grey(stored: int = 16, *, signed: bool = False, rows: int = 1, columns: int = 2) -> Layout:
    return Layout(rows, columns, 1, 1, 16, stored, stored - 1, signed, "MONOCHROME2", 0, False, ExplicitVRLittleEndian)
