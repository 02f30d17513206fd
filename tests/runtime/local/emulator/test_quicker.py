"""The replacements of MiniStack's functions do the same, and no more often than needed."""

import time
from typing import Any

import pytest

from runtime.local.emulator import quicker


def test_only_what_has_expired_is_forgotten() -> None:
    now = time.time()
    owner = {"dedup_cache": {name: {"expire": now + seconds} for name, seconds in (("a", -2), ("b", -1), ("c", 60))}}
    remembered = owner["dedup_cache"]
    quicker.forget_expired(owner)
    assert owner["dedup_cache"] is remembered and list(remembered) == ["c"]
    quicker.forget_expired(owner)
    assert list(remembered) == ["c"]


def test_a_topic_without_messages_remembers_nothing() -> None:
    owner: dict[str, object] = {}
    quicker.forget_expired(owner)
    assert owner == {"dedup_cache": {}}


def test_a_message_is_completed_once() -> None:
    calls: list[Any] = []
    complete = quicker.completing_once(calls.append)
    one, other = {"id": "1"}, {"id": "2"}
    for message in (one, one, other, one):
        complete(message)
    assert [each["id"] for each in calls] == ["1", "2"]


def test_a_function_that_is_no_longer_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="_no_such_function"):
        quicker.replace("services.sqs", "_no_such_function", lambda function: function)
