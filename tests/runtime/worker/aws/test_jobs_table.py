"""What DynamoDB leaves out of an answer is not taken for what is not there."""

from typing import Any

import pytest

from runtime.errors import TransientError
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.trouble import Trouble, trouble


class Busy:
    """A DynamoDB without capacity for one of the keys."""

    def batch_get_item(self, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803
        return {"Responses": {"t": []}, "UnprocessedKeys": RequestItems}


def test_a_mark_that_was_left_out_is_asked_for_again() -> None:
    with pytest.raises(TransientError) as raised:
        JobsTable(Busy(), "t").marks(["0" * 32])
    assert trouble(raised.value) is Trouble.PASSING


class Strict:
    """A DynamoDB that refuses a key that is named twice, as AWS's does."""

    def batch_get_item(self, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803
        keys = [each["pk"]["S"] for each in RequestItems["t"]["Keys"]]
        assert len(set(keys)) == len(keys), "Provided list of item keys contains duplicates"
        return {"Responses": {"t": [{"pk": {"S": key}, "state": {"S": "running"}} for key in keys]}}


def test_two_messages_of_one_job_hide_nobody_s_mark() -> None:
    marks = JobsTable(Strict(), "t").marks(["0" * 32, "1" * 32, "0" * 32])
    assert {job_id: mark["state"] for job_id, mark in marks.items()} == {"0" * 32: "running", "1" * 32: "running"}
