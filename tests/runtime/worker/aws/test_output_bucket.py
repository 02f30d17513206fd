"""A job that succeeds: its files, its manifest, its message and its item agree."""

import hashlib
import re

from runtime.contracts.states import HOPS
from tests.runtime.worker.process import WorkerProcess
from tests.runtime.worker.site import IMAGE, Site


def test_the_files_are_where_the_result_says(served: tuple[Site, WorkerProcess]) -> None:
    site, _ = served
    job_id = site.send("image")
    (result,) = site.client.wait(job_id)
    site.wait_empty()
    assert result.status == "succeeded" and result.error is None and result.outputs_complete
    assert result.distribution == "moody 1.0" and result.pacs == IMAGE and result.attempts == 1
    assert result.parameters == {"mood": "image", "seconds": 0.0, "tag": ""}  # defaults filled in
    assert [(output.kind, output.plane) for output in result.outputs] == [
        ("preview", 0),
        ("preview", 1),
        ("mosaic", None),
        ("values", None),
    ]
    s3 = site.cloud.boto3_client("s3")
    for output in result.outputs:
        prefix = f"results/{site.client.client_id}/{job_id}/"  # and then the attempt
        assert re.fullmatch(f"{prefix}[0-9a-f]{{8}}/{output.name}", output.key)
        stored = s3.get_object(Bucket=site.output_bucket, Key=output.key)
        body = stored["Body"].read()
        assert (len(body), hashlib.sha256(body).hexdigest()) == (output.bytes, output.sha256)
        assert stored["ContentType"] == output.media_type
    listed = s3.list_objects_v2(Bucket=site.output_bucket, Prefix=f"results/{site.client.client_id}/{job_id}/")
    assert len(listed["Contents"]) == 5  # these and the manifest


def test_message_manifest_and_item_agree(served: tuple[Site, WorkerProcess]) -> None:
    site, _ = served
    job_id = site.send("partial", outputs=("values",))
    (result,) = site.client.wait(job_id)
    site.wait_empty()
    assert result.status == "partial"
    assert result.measurements == {"volume_ml": 1.5}
    assert result.missing == ("There is no second phase.", "contrast is not a finite number.")
    assert [output.name for output in result.outputs] == ["values.mha"]
    item = site.item(job_id)
    assert (item["state"], item["attempts"]) == ("partial", "1")
    assert type(result).model_validate_json(item["result"]) == result
    assert "error" not in item
    crossed = [hop for hop in HOPS if hop in result.hops]
    assert crossed == ["accepted", "queued", "started", "fetched", "computed", "stored", "published"]
    times = [result.hops[hop] for hop in crossed]
    assert times == sorted(times)
    assert all(int(item[f"t_{hop}"]) == result.hops[hop] for hop in ("started", "published"))
    manifest = site.manifest(job_id)
    hops = {hop: time for hop, time in result.hops.items() if hop != "published"}
    alone = {"used": (), "source": None}  # what only the manifest says
    assert manifest.source is not None
    assert manifest.model_copy(update={"hops": result.hops, **alone}) == result and manifest.hops == hops
