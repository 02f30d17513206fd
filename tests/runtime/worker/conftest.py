"""The surroundings of a worker, all real: its queue, jobs table, buckets and topics; and worker processes."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydicom.data import get_testdata_file

from runtime.local.emulator.emulator import REGION, Emulator
from tests.runtime.worker.new_site import new_site
from tests.runtime.worker.process import WorkerProcess
from tests.runtime.worker.site import IMAGE, Shared, Site


@pytest.fixture(scope="session")
def shared(cloud: Emulator) -> Shared:
    """The jobs table, buckets, two shards for clients and the topic of the plugin's distribution."""
    name = f"worker-{uuid.uuid4().hex[:8]}"
    cloud.boto3_client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    s3 = cloud.boto3_client("s3")
    for bucket in (f"{name}-out", f"{name}-pacs"):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    file = get_testdata_file("CT_small.dcm")
    assert isinstance(file, str)
    key = f"{IMAGE.study_id}/{IMAGE.series_id}/{IMAGE.image_id}.dcm"
    s3.put_object(Bucket=f"{name}-pacs", Key=key, Body=Path(file).read_bytes())
    topics = [
        cloud.boto3_client("sns").create_topic(Name=f"{name}-{topic}.fifo", Attributes={"FifoTopic": "true"})[
            "TopicArn"
        ]
        for topic in (0, 1, "moody")
    ]
    return Shared(name, f"{name}-out", f"{name}-pacs", topics[:2], topics[2])


@pytest.fixture
def site(cloud: Emulator, shared: Shared, tmp_path: Path) -> Iterator[Site]:
    """A site of the algorithm with time."""
    with new_site(cloud, shared, tmp_path, "moody_long") as own:
        yield own


@pytest.fixture(scope="module")
def served(
    cloud: Emulator, shared: Shared, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, WorkerProcess]]:
    """A site of the algorithm with time, and one worker for all tests of the module."""
    folder: Path = tmp_path_factory.mktemp("served")
    with new_site(cloud, shared, folder, "moody_long") as own, own.worker() as running:
        yield own, running
        assert running.stop() == 0
