"""The files of the archive for the browser's tests: pydicom's own, and others made of them."""

from collections.abc import Iterator

import numpy as np
import pydicom
import pydicom.data
from pydicom.uid import generate_uid

from clients.web.e2e.drawn import FILES, drawn_files, to_bytes
from runtime.local.samples import mr_brain

# study, series, image -> pydicom's own test file
EXTRA = {
    ("ct", "small", "1"): "CT_small.dcm",
    ("us", "colour", "1"): "examples_rgb_color.dcm",
    ("pair", "first", "1"): "CT_small.dcm",
    ("pair", "second", "1"): "CT_small.dcm",
}
LONG = 100
VOLUME = 300
THICK = 7.0  # mm between the planes of a second series of the long one's place


def files() -> Iterator[tuple[str, bytes]]:
    """Yield keys and contents: the MR sample, a CT, a colour US, a CR made of the CT, a long and a thick CT series."""
    for image in mr_brain():
        yield f"{image.study_id}/{image.series_id}/{image.image_id}.dcm", image.path.read_bytes()
    for (study, series, image_id), name in EXTRA.items():
        yield f"{study}/{series}/{image_id}.dcm", (FILES / name).read_bytes()
    yield "cr/chest/1.dcm", radiograph()
    yield from drawn_files()
    for number in range(LONG):
        yield f"long/head/{number + 1:03}.dcm", slice_of(number)
    for number in range(round(2 * LONG / THICK)):
        yield f"long/thick/{number + 1:03}.dcm", thick_slice_of(number)


def large_files() -> Iterator[tuple[str, bytes]]:
    """Yield what the measurements need beside: a volume of 300 planes of 512 x 512, and a study of 12 series."""
    for number in range(VOLUME):
        yield f"volume/head/{number + 1:03}.dcm", slice_of(number)
    for series in range(12):
        for number in range(20):
            yield f"twelve/{series + 1:02}/{number + 1:03}.dcm", slice_of(20 * series + number)


def radiograph() -> bytes:
    """Return a MONOCHROME1 image with a VOI lookup table, as computed radiography writes them."""
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    stored = np.kron(dataset.pixel_array, np.ones((8, 6), np.uint16)).astype(np.uint16)
    dataset.Modality, dataset.SOPInstanceUID = "CR", generate_uid(entropy_srcs=["cr"])
    dataset.PhotometricInterpretation, dataset.PixelRepresentation = "MONOCHROME1", 0
    dataset.Rows, dataset.Columns = stored.shape
    dataset.RescaleSlope, dataset.RescaleIntercept = 1, 0
    dataset.PixelData = stored.tobytes()
    for keyword in ("WindowCenter", "WindowWidth", "PixelPaddingValue", "SmallestImagePixelValue"):
        if keyword in dataset:
            del dataset[keyword]
    entries = (1023 * np.linspace(0, 1, 4096) ** 2).astype(np.uint16)
    lut = pydicom.Dataset()
    lut.add_new("LUTDescriptor", "US", [4096, 0, 10])
    lut.add_new("LUTData", "OW", entries.tobytes())
    dataset.VOILUTSequence = [lut]
    dataset.ImagePositionPatient = dataset.ImageOrientationPatient = None
    return to_bytes(dataset)


def slice_of(number: int) -> bytes:
    """Return one of a long series of 512 x 512 slices, all different."""
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    stored = np.kron(dataset.pixel_array, np.ones((4, 4), dataset.pixel_array.dtype))
    dataset.PixelData = np.roll(stored, 3 * number, 1).tobytes()
    dataset.Rows, dataset.Columns = stored.shape
    dataset.SOPInstanceUID = generate_uid(entropy_srcs=["long", str(number)])
    dataset.InstanceNumber = number + 1
    x, y, _ = dataset.ImagePositionPatient
    dataset.ImagePositionPatient = [x, y, 2.0 * number]
    dataset.SeriesDescription = "HEAD 512"
    dataset.WindowCenter, dataset.WindowWidth = 40, 400
    return to_bytes(dataset)


def thick_slice_of(number: int) -> bytes:
    """Return one of a series of 128 x 128 slices that lie where the long series does, farther apart."""
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    dataset.SOPInstanceUID = generate_uid(entropy_srcs=["thick", str(number)])
    dataset.InstanceNumber = number + 1
    x, y, _ = dataset.ImagePositionPatient
    dataset.ImagePositionPatient = [x, y, THICK * number]
    dataset.SeriesDescription = "HEAD THICK"
    return to_bytes(dataset)
