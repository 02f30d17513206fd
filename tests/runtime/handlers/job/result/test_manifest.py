"""A manifest that is no result of its job keeps neither that job from its end nor a list from the others."""

import io
import json
from typing import Any

import pytest

from runtime.handlers.job.result import manifest

JOB = {"pk": f"job#{'1' * 32}", "client_id": "2" * 16}
RESULT: dict[str, Any] = {"job_id": "1" * 32, "client_id": "2" * 16, "status": "succeeded", "error": None}
RESULT |= {"parameters": {}, "outputs": [], "measurements": {}, "missing": [], "hops": {}}


@pytest.mark.parametrize(
    ("stored", "is_read"),
    [
        (RESULT, True),
        (RESULT | {"new": 1}, True),
        (RESULT | {"job_id": "3" * 32}, False),
        (RESULT | {"client_id": "3" * 16}, False),
        (RESULT | {"status": "running"}, False),
        (RESULT | {"outputs": [{"key": f"results/{'2' * 16}/{'1' * 32}/a.png"}]}, True),
        (RESULT | {"outputs": [{"key": f"results/{'3' * 16}/{'1' * 32}/a.png"}]}, False),
        (RESULT | {"outputs": [{"name": "a.png"}]}, False),
        (RESULT | {"outputs": {}}, False),
        (RESULT | {"hops": {"accepted": "now"}}, False),
        ({"job_id": "1" * 32}, False),
        ([], False),
        ("", False),
    ],
)
def test_what_is_read(monkeypatch: pytest.MonkeyPatch, stored: Any, is_read: bool) -> None:
    content = json.dumps(stored).encode() if stored else b"{"

    class S3:
        def get_object(self, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
            return {"Body": io.BytesIO(content), "ContentLength": len(content)}

    monkeypatch.setenv("OUTPUT_BUCKET", "b")
    monkeypatch.setattr(manifest, "boto3_client", lambda service: S3())
    assert manifest.read(JOB) == (stored if is_read else None)
