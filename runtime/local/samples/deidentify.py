"""Makes the sample series from a folder of DICOM files: `python -m runtime.local.samples.deidentify FOLDER`.

It keeps the attributes of a list (geometry, acquisition, pixels) instead of removing those of another.
"""

import sys
from pathlib import Path
from typing import Any

from pydicom import Dataset, dcmread  # pyright: ignore[reportUnknownVariableType]
from pydicom.dataset import FileMetaDataset
from pydicom.uid import UID, JPEG2000Lossless

HERE = Path(__file__).parent / "mr-brain"
STUDY, SERIES, FRAME = "2.25.1001", "2.25.1002", "2.25.1003"
KEPT = """
    ImageType SOPClassUID Modality Manufacturer ManufacturerModelName StudyDescription SeriesDescription
    ScanningSequence SequenceVariant ScanOptions MRAcquisitionType SequenceName SliceThickness RepetitionTime EchoTime
    NumberOfAverages ImagingFrequency EchoNumbers MagneticFieldStrength SpacingBetweenSlices
    NumberOfPhaseEncodingSteps EchoTrainLength PixelBandwidth ReconstructionDiameter ReceiveCoilName AcquisitionMatrix
    InPlanePhaseEncodingDirection FlipAngle PatientPosition SeriesNumber InstanceNumber PatientOrientation
    ImagePositionPatient ImageOrientationPatient SliceLocation SamplesPerPixel PhotometricInterpretation Rows Columns
    PixelSpacing BitsAllocated BitsStored HighBit PixelRepresentation SmallestImagePixelValue LargestImagePixelValue
    PixelPaddingValue WindowCenter WindowWidth RescaleIntercept RescaleSlope RescaleType PixelData
""".split()  # noqa: SIM905 - one word an item reads worse
REPLACED = {
    "StudyInstanceUID": STUDY,
    "SeriesInstanceUID": SERIES,
    "FrameOfReferenceUID": FRAME,
    "PatientName": "Sample^MR Brain",
    "PatientID": "SAMPLE-1",
    "PatientBirthDate": "",
    "PatientSex": "",
    "StudyDate": "20000101",
    "SeriesDate": "20000101",
    "ContentDate": "20000101",
    "StudyTime": "000000",
    "StudyID": "1",
    "AccessionNumber": "",
    "ReferringPhysicianName": "",
    "PositionReferenceIndicator": "",
    "PatientIdentityRemoved": "YES",
    "DeidentificationMethod": "Allow-list of attributes kept; UIDs and dates replaced",
    "LongitudinalTemporalInformationModified": "REMOVED",
}


def deidentify(source: Any, number: int) -> Any:
    """Return a new dataset with the allowed attributes of `source`, as instance `number` of the sample series."""
    dataset: Any = Dataset()
    for keyword in KEPT:
        if keyword in source:
            dataset[keyword] = source[keyword]
    for keyword, value in REPLACED.items():
        setattr(dataset, keyword, value)
    dataset.SOPInstanceUID = f"{SERIES}{number:02d}"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = source.file_meta.TransferSyntaxUID
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.file_meta.MediaStorageSOPInstanceUID = UID(dataset.SOPInstanceUID)
    return dataset


def main() -> None:
    """Write the sample series from the files of a folder, losslessly compressed."""
    for path in sorted(Path(sys.argv[1]).glob("*.dcm")):
        source: Any = dcmread(path)
        dataset = deidentify(source, int(source.InstanceNumber))
        dataset.compress(JPEG2000Lossless, generate_instance_uid=False)
        dataset.save_as(HERE / f"{int(source.InstanceNumber):02d}.dcm", enforce_file_format=True)


if __name__ == "__main__":
    main()
