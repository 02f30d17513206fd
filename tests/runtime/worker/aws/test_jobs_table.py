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
