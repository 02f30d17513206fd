"""Forms encoded once, as botocore would have encoded them."""

import contextlib
from typing import Any
from urllib.parse import parse_qsl, urlencode

import boto3

from runtime.worker.aws.forms import encode_once, encoded

FORM: dict[str, Any] = {
    "Action": "Publish",
    "Message": '{"a": "ä & = +%", "n": [1, 2]}',
    "Entry.member.1.Id": 1,
    "Empty": "",
}


def test_the_text_is_the_one_that_botocore_makes() -> None:
    assert encoded(FORM) == urlencode(FORM, doseq=True)
    assert dict(parse_qsl(encoded(FORM), keep_blank_values=True)) == {name: str(value) for name, value in FORM.items()}


def test_a_request_is_encoded_before_it_is_signed() -> None:
    seen: list[tuple[Any, bool]] = []
    sns = encode_once(boto3.client("sns", "eu-south-1", aws_access_key_id="key", aws_secret_access_key="secret"))

    def stop(request: Any, **_: Any) -> None:
        seen.append((request.data, "Authorization" in request.headers))
        raise InterruptedError

    sns.meta.events.register_last("request-created.sns", stop)
    with contextlib.suppress(InterruptedError):
        sns.publish(TopicArn="arn:aws:sns:eu-south-1:000000000000:t.fifo", Message="a b", MessageGroupId="g")
    ((data, signed),) = seen
    assert signed
    assert isinstance(data, str)
    assert "Message=a+b" in data.split("&")
