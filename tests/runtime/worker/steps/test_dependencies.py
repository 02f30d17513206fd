"""A call that fails for a while is repeated; an error that will not pass is raised; a long outage makes sick."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from runtime.errors import PermanentError, TransientError
from runtime.worker.steps import dependencies
from runtime.worker.steps.dependencies import Dependencies

PASSING = EndpointConnectionError(endpoint_url="https://sqs")
LASTING = ClientError({"Error": {"Code": "NoSuchBucket"}}, "PutObject")


def failing(*errors: Exception, answer: str = "answer") -> Callable[[], str]:
    """Return an action that raises these errors, one in each call, and then answers."""
    left = list(errors)

    def action() -> str:
        if left:
            raise left.pop(0)
        return answer

    return action


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "pause", lambda tries: 0.01)


@pytest.fixture
def reasons() -> list[str]:
    return []


@pytest.fixture
def tracker(reasons: list[str]) -> Iterator[Dependencies]:
    tracker = Dependencies(900, reasons.append)
    yield tracker
    tracker.close()


def events(printed: str) -> list[str]:
    return [line.split('"event":"')[1].split('"')[0] for line in printed.splitlines()]


def test_what_passes_is_tried_again_and_logged_once(tracker: Dependencies, capsys: pytest.CaptureFixture[str]) -> None:
    assert tracker.call("S3", failing(*[PASSING] * 5), lambda: True) == "answer"
    assert events(capsys.readouterr().out) == ["dependency_failing", "dependency_recovered"]


def test_a_dependency_that_says_what_is_wrong_with_a_job_works(tracker: Dependencies) -> None:
    with pytest.raises(TransientError):
        tracker.call("the archive", failing(*[TransientError("an outage")] * 9), lambda: tracker.may_receive() is None)
    assert tracker.may_receive() is not None  # it fails now
    with pytest.raises(PermanentError):
        tracker.call("the archive", failing(PermanentError("input_not_found", "There is none.")), lambda: True)
    assert tracker.may_receive() is None


def test_a_single_failure_is_not_logged(tracker: Dependencies, capsys: pytest.CaptureFixture[str]) -> None:
    assert tracker.call("S3", failing(TransientError("a moment")), lambda: True) == "answer"
    assert capsys.readouterr().out == "" and tracker.may_receive() is None


@pytest.mark.parametrize("error", [LASTING, ValueError("the program's own fault")])
def test_what_will_not_pass_is_raised_at_once(tracker: Dependencies, error: Exception) -> None:
    with pytest.raises(type(error)):
        tracker.call("S3", failing(error), lambda: True)


def test_a_call_whose_answer_is_not_wanted_does_not_wait(tracker: Dependencies) -> None:
    with pytest.raises(EndpointConnectionError):
        tracker.call("S3", failing(PASSING), lambda: False)


def test_a_side_channel_is_tried_a_few_times_only(tracker: Dependencies) -> None:
    with pytest.raises(EndpointConnectionError):
        tracker.call("SNS", failing(*[PASSING] * 3), lambda: True, most=3)
    assert tracker.may_receive() is None, "its outage keeps no job from anything"


def test_nothing_is_received_while_a_call_waits_and_one_job_probes_afterwards(
    tracker: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dependencies, "pause", lambda tries: 0.3)
    entered, over = threading.Event(), threading.Event()

    def down() -> str:
        entered.set()
        if over.is_set():
            return "answer"
        raise PASSING

    thread = threading.Thread(target=lambda: tracker.call("S3", down, lambda: True))
    with pytest.raises(EndpointConnectionError):
        tracker.call("S3", failing(PASSING), lambda: False)
    thread.start()
    entered.wait()
    while tracker.may_receive() is None:
        time.sleep(0.01)
    assert tracker.may_receive() == 0
    over.set()
    thread.join()
    assert tracker.may_receive() is None
    tracker.refused("S3", "NoSuchBucket")
    assert tracker.may_receive() == 0
    while (most := tracker.may_receive()) == 0:
        time.sleep(0.01)
    assert most == 1 and tracker.may_receive() == 0, "one job, then a pause"


def test_what_works_for_one_call_wakes_all_that_wait(tracker: Dependencies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "pause", lambda tries: 60.0)
    answers: list[str] = []
    waiting = [
        threading.Thread(target=lambda: answers.append(tracker.call("S3", failing(PASSING), lambda: True)))
        for _ in range(3)
    ]
    for thread in waiting:
        thread.start()
    while tracker._outages.get("S3") is None or tracker._outages["S3"].waiting < 3:  # pyright: ignore[reportPrivateUsage]
        time.sleep(0.01)
    tracker.works("S3")
    for thread in waiting:
        thread.join(30)
    assert answers == ["answer"] * 3


def test_what_fails_for_longer_than_the_patience_makes_sick(reasons: list[str]) -> None:
    Dependencies(900, reasons.append).refused("S3", "NoSuchBucket")
    assert reasons == []
    short = Dependencies(0, reasons.append)
    for _ in range(3):
        short.refused("S3", "NoSuchBucket")
    assert len(reasons) == 1 and reasons[0].startswith("S3 has failed for") and "NoSuchBucket" in reasons[0]


def test_a_close_ends_every_wait(tracker: Dependencies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "pause", lambda tries: 60.0)
    raised: list[Exception] = []

    def run() -> None:
        try:
            tracker.call("S3", failing(PASSING), lambda: True)
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while tracker._outages.get("S3") is None:  # pyright: ignore[reportPrivateUsage]
        time.sleep(0.01)
    tracker.close()
    thread.join(30)
    assert raised == [PASSING]
