"""A denial of the archive blames no job as long as it may be the deployment's own."""

import pytest
from botocore.exceptions import ClientError

from runtime.archive.refusals import refusal
from runtime.errors import ImagingError, PermanentError, TransientError
from runtime.worker.aws.trouble import Trouble, trouble
from runtime.worker.steps.inputs import denials
from runtime.worker.steps.inputs.denials import Denials


def denied(code: str = "AccessDenied", status: int = 403) -> ImagingError:
    answer = ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "GetObject")  # pyright: ignore
    error = refusal(answer, "pacs", "There is none.")
    error.__cause__ = answer
    return error


def fetch(error: ImagingError) -> None:
    raise error


@pytest.mark.parametrize("code", ["AccessDenied", "403"])
def test_a_new_worker_asks_again(code: str) -> None:
    with pytest.raises(TransientError) as again:
        Denials().judge(lambda: fetch(denied(code)))
    assert trouble(again.value) is Trouble.PASSING


def test_a_worker_that_has_read_an_image_takes_a_denial_as_it_is() -> None:
    known = Denials()
    assert known.judge(lambda: "image") == "image"
    with pytest.raises(PermanentError, match="input_forbidden"):
        known.judge(lambda: fetch(denied()))


def test_after_a_while_it_is_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(denials, "SECONDS", -1.0)
    with pytest.raises(PermanentError, match="input_forbidden"):
        Denials().judge(lambda: fetch(denied()))


@pytest.mark.parametrize(("code", "status"), [("NoSuchKey", 404), ("InvalidObjectState", 403)])
def test_what_is_missing_or_archived_is_told_at_once(code: str, status: int) -> None:
    with pytest.raises(PermanentError):
        Denials().judge(lambda: fetch(denied(code, status)))
