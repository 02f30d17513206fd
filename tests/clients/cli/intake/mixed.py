"""A folder as people have it: DICOM files by three vendors' naming, nested, among files of other kinds and broken ones.

`python -m tests.clients.cli.intake.mixed FOLDER IMAGES` writes one of any size by hand.
"""

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.fileset import FileSet
from pydicom.uid import CTImageStorage, EnhancedSRStorage, ExplicitVRLittleEndian, generate_uid

SIDE = 32  # pixels
REFUSED = {
    "not a DICOM file": 3,
    "empty": 1,
    "a DICOMDIR, which lists files and is no image": 1,
    "a damaged DICOM file": 1,
    "cut off: not all of the pixels are there": 1,
    "no image (a report, a plan, ...)": 1,
    "without StudyInstanceUID": 1,
    "another file has the same identifiers": 1,
}


def uid(*parts: object) -> str:
    """Return the same UID for the same parts."""
    return generate_uid(entropy_srcs=[str(part) for part in parts])


def image(study: int, series: int, number: int, **changes: Any) -> Dataset:
    """Return a small CT image; a change to None removes the element."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.SOPClassUID = CTImageStorage
    dataset.PatientID, dataset.PatientName, dataset.Modality = "1", "A^B", "CT"
    dataset.StudyDate, dataset.StudyTime, dataset.StudyID = "20260101", "120000", str(study)
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = uid(study), uid(study, series)
    dataset.SOPInstanceUID, dataset.SeriesNumber, dataset.InstanceNumber = uid(study, series, number), series, number
    dataset.Rows = dataset.Columns = SIDE
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 12, 11, 0
    dataset.PixelData = np.full((SIDE, SIDE), number % 4096, np.uint16).tobytes()
    for name, value in changes.items():
        if value is None:
            delattr(dataset, name)
        else:
            setattr(dataset, name, value)
    return dataset


def content(dataset: Dataset) -> bytes:
    """Return the data set as a file."""
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    file = io.BytesIO()
    dataset.save_as(file, enforce_file_format=True)
    return file.getvalue()


def name(number: int) -> str:
    """Return a path as one of three vendors writes it."""
    study, series = number // 100, number // 20
    return (
        f"DICOM/PA{study:06d}/ST{series:06d}/SE000000/IM{number:06d}",
        f"export/study {study}/{series:04d} Thorax/CT.1.2.840.{series}.{number}.dcm",
        f"vendor-c/{study}.{series}/I{number:04d}.IMA",
    )[number % 3]


def write(folder: Path, images: int) -> None:
    """Write so many images, a copy of one of them, and the files that are counted in REFUSED."""
    for number in range(images):
        path = folder / name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(image(number // 100, number // 20, number)))
    first = content(image(0, 0, 0))
    (folder / "copy of the first.dcm").write_bytes(first)
    (folder / "notes.txt").write_text("Patient was asked to hold the breath.\n" * 20)
    (folder / "export" / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0" * 400)
    with zipfile.ZipFile(folder / "viewer.zip", "w") as archive:
        archive.writestr("image.dcm", first)
    (folder / "empty.dcm").touch()
    files = FileSet()
    files.add(image(0, 0, 0, file_meta=image(0, 0, 0).file_meta))
    files.write(folder / "media")
    for path in (folder / "media").rglob("*"):  # the images themselves are in the folder already
        if path.is_file() and path.name != "DICOMDIR":
            path.unlink()
    (folder / "damaged.dcm").write_bytes(first[:132] + b"\x08\x00" + b"\xff" * 4000)
    (folder / "cut.dcm").write_bytes(content(image(9, 9, 1))[: -SIDE * SIDE])
    report = image(9, 9, 2, SOPClassUID=EnhancedSRStorage, PixelData=None, Rows=None, Columns=None)
    (folder / "report.dcm").write_bytes(content(report))
    (folder / "no study.dcm").write_bytes(content(image(9, 9, 3, StudyInstanceUID=None)))
    (folder / "zz another image.dcm").write_bytes(content(image(0, 0, 0, InstanceNumber=77)))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
