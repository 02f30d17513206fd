"""Patients in the list of studies: only in a stack that says so."""

import pytest
from starlette.testclient import TestClient

from runtime.pacs.app import create_app
from runtime.pacs.settings import Settings
from tests.fuzz.bucket import Bucket
from tests.runtime.dicom.files import Write

ADDRESSES = ("/studies", "/studies/s/series", "/studies/s/series/t/images", "/studies/s/series/t/stack")


@pytest.mark.parametrize("named", [False, True])
def test_a_patient_is_named_in_the_list_of_studies_alone_and_only_if_the_stack_says_so(
    named: bool, write: Write
) -> None:
    bucket = Bucket()
    bucket.objects["s/t/i.dcm"] = write(PatientName="ROSSI^ANNA", PatientID="P-77").read_bytes()
    with TestClient(create_app(Settings(bucket="pacs", decoders=1, patient_columns=named), bucket)) as api:
        answers = {address: api.get(address) for address in ADDRESSES}
    (study,) = answers["/studies"].json()["studies"]
    told = {name: value for name, value in study.items() if name.startswith("patient")}
    assert told == ({"patient_name": "ROSSI^ANNA", "patient_id": "P-77"} if named else {})
    assert named == ("no-store" in answers["/studies"].headers["cache-control"])
    for address, answer in answers.items():
        said = "ROSSI" in answer.text or "P-77" in answer.text
        assert answer.status_code == 200 and said == (named and address == "/studies"), address
