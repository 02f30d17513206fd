"""Writes an image as DICOM files, one a plane, so that reading them takes what it takes in a worker."""

from pathlib import Path
from typing import Any

import numpy as np

from algorithms.image import Image


def write(image: Image, folder: Path) -> None:
    """Write a volume of int16 as one CT series into `folder`, which is made."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian

    folder.mkdir()
    step, rows, columns = image.spacing
    for index, plane in enumerate(image.pixels):
        meta = FileMetaDataset()
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        meta.MediaStorageSOPClassUID = CTImageStorage
        meta.MediaStorageSOPInstanceUID = UID(f"2.25.3{index:05}")
        values: dict[str, Any] = {
            "SOPClassUID": CTImageStorage,
            "SOPInstanceUID": meta.MediaStorageSOPInstanceUID,
            "StudyInstanceUID": "2.25.1",
            "SeriesInstanceUID": "2.25.2",
            "Modality": "CT",
            "InstanceNumber": index + 1,
            "ImagePositionPatient": [0, 0, index * step],
            "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
            "PixelSpacing": [rows, columns],
            "Rows": plane.shape[0],
            "Columns": plane.shape[1],
            "SamplesPerPixel": 1,
            "PhotometricInterpretation": "MONOCHROME2",
            "BitsAllocated": 16,
            "BitsStored": 16,
            "HighBit": 15,
            "PixelRepresentation": 1,
            "RescaleSlope": 1,
            "RescaleIntercept": 0,
            "PixelData": plane.astype(np.dtype("<i2")).tobytes(),
        }
        dataset = Dataset()
        dataset.file_meta = meta
        for keyword, value in values.items():
            setattr(dataset, keyword, value)
        dataset.save_as(folder / f"{index:05}.dcm", enforce_file_format=True)
