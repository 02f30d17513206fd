"""A class of images and its encoded frames to a DICOM file."""

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import numpy as np
from pydicom import uid
from pydicom._uid_dict import UID_dictionary
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate, encapsulate_extended
from pydicom.uid import UID, SecondaryCaptureImageStorage

from bench.matrix.case import Case

UNIQUE: Final = "2.25.14"


def file_of(case: Case, syntax: str, frames: Sequence[bytes], *, encapsulated: bool) -> bytes:
    """Return the file: `frames` are codestreams, or each frame's cells as they lie in the file."""
    dataset = _header(case)
    keyword = {32: "FloatPixelData", 64: "DoubleFloatPixelData"}[case.allocated] if case.floating else "PixelData"
    setattr(dataset, keyword, _wrapped(dataset, case, frames) if encapsulated else _even(b"".join(frames)))
    if not case.floating:
        dataset["PixelData"].VR = "OB" if encapsulated or case.allocated <= 8 else "OW"
        dataset["PixelData"].is_undefined_length = encapsulated
    if syntax == uid.ExplicitVRBigEndian:
        _swap(dataset, case)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = SecondaryCaptureImageStorage, UID(UNIQUE)
    meta.TransferSyntaxUID = UID(syntax)
    dataset.file_meta = meta
    return _written(dataset, meta, syntax)


def _swap(dataset: Dataset, case: Case) -> None:
    """Turn the bytes of words (PS3.5 7.3): pydicom writes them as they are."""
    for element in dataset.iterall():
        size = {"OW": 2, "OF": 4, "OD": 8}.get(element.VR)
        if element.keyword == "PixelData":
            size = case.allocated // 8
        if size and size > 1:
            element.value = np.frombuffer(element.value, f"<u{size}").astype(f">u{size}").tobytes()


def _written(dataset: Dataset, meta: FileMetaDataset, syntax: str) -> bytes:
    if syntax in UID_dictionary:
        return _saved(dataset)
    # One that pydicom's dictionary does not know: written as Explicit VR Little Endian, and named afterwards.
    stand_in = uid.JPEG2000 if dataset["PixelData"].is_undefined_length else uid.ExplicitVRLittleEndian
    meta.TransferSyntaxUID = stand_in
    content = _saved(dataset)
    old, new = (len(s).to_bytes(2, "little") + s for s in (_even(stand_in.encode()), _even(syntax.encode())))
    at = content.index(old)
    changed = content[:at] + new + content[at + len(old) :]
    (length,) = struct.unpack_from("<I", changed, 140)
    return changed[:140] + struct.pack("<I", length + len(new) - len(old)) + changed[144:]


def _saved(dataset: Dataset) -> bytes:
    file = BytesIO()
    dataset.save_as(file, enforce_file_format=True)
    return file.getvalue()


def _header(case: Case) -> Dataset:
    found = Dataset()
    found.SOPClassUID, found.SOPInstanceUID = SecondaryCaptureImageStorage, UNIQUE
    found.StudyInstanceUID = found.SeriesInstanceUID = f"{UNIQUE}.1"
    found.Modality, found.InstanceNumber = "OT", 1
    found.Rows, found.Columns, found.SamplesPerPixel = case.rows, case.columns, case.samples
    found.PhotometricInterpretation = case.photometric
    if case.frames > 1:
        found.NumberOfFrames = case.frames
    if case.samples > 1:
        found.PlanarConfiguration = case.planar
    found.BitsAllocated = case.allocated
    if not case.floating:
        found.BitsStored, found.HighBit, found.PixelRepresentation = case.stored, case.top, int(case.signed)
    for keyword, build in case.header.items():
        setattr(found, keyword, build())
    return found


def _wrapped(dataset: Dataset, case: Case, frames: Sequence[bytes]) -> bytes:
    if case.wrapped == "extended":
        content, table, lengths = encapsulate_extended(list(frames))
        dataset.ExtendedOffsetTable, dataset.ExtendedOffsetTableLengths = table, lengths
        return content
    pieces = 3 if case.wrapped == "split" else 1
    return encapsulate(list(frames), fragments_per_frame=pieces, has_bot=case.wrapped != "bare")


def _even(content: bytes) -> bytes:
    return content + b"\0" * (len(content) % 2)


def pixel_bytes(file: bytes, syntax: str, length: int) -> bytes:
    """Return the last `length` bytes of a file's data set, where uncompressed pixels lie (PS3.5 7.1, A.5)."""
    if syntax == uid.DeflatedExplicitVRLittleEndian:
        (meta,) = struct.unpack_from("<I", file, 140)
        file = zlib.decompress(file[144 + meta :], -zlib.MAX_WBITS)
    end: Any = len(file) - length % 2
    return file[end - length : end]
