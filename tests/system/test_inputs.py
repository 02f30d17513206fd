"""Inputs that are not there or cannot be decoded end the job with a code and one sentence."""

from pathlib import Path

import pydicom
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import JPEG2000Lossless

from clients.cli.client import Client
from clients.cli.local.sample import SampleImage
from runtime.archive import KeyPattern
from runtime.local.cloud import LocalCloud


@pytest.mark.parametrize("part", ["study_id", "series_id", "image_id"])
def test_what_is_not_in_the_archive(client: Client, slice_reference: dict[str, str], part: str) -> None:
    message = client.wait_for(client.submit("gaussian", {**slice_reference, part: "1.2.3.4"}, {}))
    client.acknowledge(message)
    assert message["result"]["status"] == "failed"
    fault = message["result"]["error"]
    assert (fault["code"], fault["retryable"]) == ("input_not_found", False)
    assert fault["message"].count(".") >= 1
    assert client.job(message["result"]["job_id"])["error"]["code"] == "input_not_found"


def test_undecodable_dicom_names_its_transfer_syntax(
    deployed: LocalCloud, client: Client, images: list[SampleImage], name: str, tmp_path: Path
) -> None:
    s3, bucket = deployed.emulator.boto3_client("s3"), deployed.outputs["PacsBucket"]
    pattern = KeyPattern("{study_id}/{series_id}/{image_id}.dcm")
    image = images[0]
    path = tmp_path / "broken.dcm"
    s3.download_file(bucket, pattern.key(image.study_id, image.series_id, image.image_id), str(path))
    dataset = pydicom.dcmread(path)
    dataset.file_meta.TransferSyntaxUID = JPEG2000Lossless
    dataset.PixelData = encapsulate([b"this is no code stream"])
    dataset["PixelData"].is_undefined_length = True
    dataset.save_as(path)
    s3.upload_file(str(path), bucket, pattern.key(name, "1", "1"))
    pacs = {"study_id": name, "series_id": "1", "image_id": "1", "scope": "image"}
    message = client.wait_for(client.submit("gaussian", pacs, {}))
    client.acknowledge(message)
    fault = message["result"]["error"]
    assert (fault["code"], fault["retryable"]) == ("input_unreadable", False)
    assert JPEG2000Lossless in fault["message"] or "JPEG 2000" in fault["message"]
