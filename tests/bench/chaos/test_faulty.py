"""Which calls the proxy of a run of chaos lets fail."""

from collections.abc import Iterator

import pytest

from bench.chaos.faulty import PACS, FaultyProxy
from bench.instruments.proxy import Answer

FINE = Answer(200, [], b"fine")


@pytest.fixture
def proxy() -> Iterator[FaultyProxy]:
    made = FaultyProxy(9)  # nobody listens there: the calls of these tests are answered here
    made.pacs_bucket = "archive"
    yield made
    made.server_close()


def call(proxy: FaultyProxy, service: str, path: str = "/", body: bytes = b"") -> tuple[Answer, list[bytes]]:
    """Return the answer to a call of a service, and what reached that."""
    sent: list[bytes] = []

    def upstream(content: bytes) -> Answer:
        sent.append(content)
        return FINE

    headers = {"authorization": f"AWS4-HMAC-SHA256 Credential=x/20260101/eu-south-1/{service}/aws4_request"}
    return proxy.answer("POST", path, headers, body, upstream), sent


def test_without_faults_every_call_passes(proxy: FaultyProxy) -> None:
    assert all(call(proxy, service) == (FINE, [b""]) for service in ("s3", "sqs", "sns", "dynamodb", "ecs"))


def test_an_outage_is_of_one_dependency(proxy: FaultyProxy) -> None:
    proxy.away = PACS
    with pytest.raises(ConnectionAbortedError):
        call(proxy, "s3", "/archive/1/2/3.dcm")
    assert call(proxy, "s3", "/results/1")[0] == FINE and call(proxy, "sqs")[0] == FINE
    assert proxy.refused == 1


def test_faults_are_refusals_throttling_and_lost_answers(proxy: FaultyProxy) -> None:
    proxy.share = 1.0
    answers = [call(proxy, "dynamodb") for _ in range(60)]
    assert {answer.status for answer, _ in answers} == {400, 500, 503}
    assert all(bool(sent) == (answer.status == 500) for answer, sent in answers), "done, and its caller does not know"
    assert call(proxy, "ecs")[0] == FINE and proxy.faults == 60


def test_the_deduplication_of_sns_can_be_bypassed(proxy: FaultyProxy) -> None:
    proxy.bypass = True
    body = b"Action=PublishBatch&PublishBatchRequestEntries.member.1.MessageDeduplicationId=job-1&X=1"
    _, [first] = call(proxy, "sns", body=body)
    _, [second] = call(proxy, "sns", body=body)
    assert b"job-1" not in first and first != second and first.endswith(b"&X=1")
