"""The instances that both servers hold: one picture in each transfer syntax and size, many times."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels.encoders.base import RLELosslessEncoder
from pydicom.uid import (
    UID,
    CTImageStorage,
    ExplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    RLELossless,
    SecondaryCaptureImageStorage,
)

SIZES: Final = (128, 512, 2000)  # pixels a side
SYNTAXES: Final = {
    "uncompressed": ExplicitVRLittleEndian,
    "JPEG": JPEGBaseline8Bit,
    "RLE": RLELossless,
    "J2K": JPEG2000Lossless,
}
STUDY: Final = "2.25.140"


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance as both servers know it, with its file."""

    series: str
    uid: str
    content: bytes


def instances(syntax: str, size: int, count: int) -> list[Instance]:
    """Return `count` instances of one picture, which differ in their identifiers alone."""
    values = _picture(size, eight=syntax == "JPEG")
    series = f"{STUDY}.{list(SYNTAXES).index(syntax) + 1}.{size}"
    stream = values.tobytes() if syntax == "uncompressed" else encapsulate([_encoded(syntax, values)])
    return [_instance(series, f"{series}.{number}", SYNTAXES[syntax], values, stream) for number in range(count)]


def _picture(size: int, *, eight: bool) -> NDArray[Any]:
    """Return a phantom with noise, as a scanner would make it: 12 bits, or 8 for JPEG."""
    random = np.random.default_rng(14)
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    body = (x**2 / 0.6 + y**2 / 0.9 < 1) * (900 + 300 * np.sin(6 * x) * np.cos(5 * y))
    values = np.clip(body + random.normal(0, 12, body.shape) + 40, 0, 4095)
    return (values / 16).astype(np.uint8) if eight else values.astype(np.uint16)


def _encoded(syntax: str, values: NDArray[Any]) -> bytes:
    import imagecodecs

    codecs: Any = imagecodecs
    if syntax == "JPEG":
        return bytes(codecs.jpeg8_encode(values, level=90))
    if syntax == "J2K":
        return bytes(codecs.jpeg2k_encode(values, codecformat="j2k", reversible=True, level=0, bitspersample=12))
    return RLELosslessEncoder.encode(
        values.tobytes(),
        rows=values.shape[0],
        columns=values.shape[1],
        samples_per_pixel=1,
        number_of_frames=1,
        bits_allocated=16,
        bits_stored=12,
        pixel_representation=0,
        photometric_interpretation="MONOCHROME2",
    )


def _instance(series: str, uid: str, syntax: UID, values: NDArray[Any], stream: bytes) -> Instance:
    found = Dataset()
    found.file_meta = FileMetaDataset()
    found.file_meta.TransferSyntaxUID = syntax
    kind = SecondaryCaptureImageStorage if values.itemsize == 1 else CTImageStorage
    found.SOPClassUID = found.file_meta.MediaStorageSOPClassUID = kind
    found.SOPInstanceUID = found.file_meta.MediaStorageSOPInstanceUID = UID(uid)
    found.StudyInstanceUID, found.SeriesInstanceUID, found.PatientID = STUDY, series, "phantom"
    found.Modality, found.InstanceNumber = "OT", int(uid.rpartition(".")[2])
    found.Rows, found.Columns = values.shape
    found.SamplesPerPixel, found.PhotometricInterpretation, found.PixelRepresentation = 1, "MONOCHROME2", 0
    found.BitsAllocated = 8 * values.itemsize
    found.BitsStored = 8 if values.itemsize == 1 else 12
    found.HighBit = found.BitsStored - 1
    found.WindowCenter, found.WindowWidth = (64, 128) if values.itemsize == 1 else (1000, 2000)
    found.PixelData = stream
    found["PixelData"].VR = "OW" if values.itemsize == 2 and syntax == ExplicitVRLittleEndian else "OB"
    found["PixelData"].is_undefined_length = syntax != ExplicitVRLittleEndian
    file = BytesIO()
    found.save_as(file, enforce_file_format=True)
    return Instance(series, uid, file.getvalue())
