"""The replacements of MiniStack's functions do the same, and no more often than needed."""

import time
from typing import Any
from urllib.parse import parse_qs

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


def test_a_statement_is_parsed_again_with_other_parameters_or_another_text() -> None:
    calls: list[tuple[str, list[Any]]] = []

    def parse(statement: str, parameters: list[Any]) -> dict[str, Any]:
        calls.append((statement, list(parameters)))
        return {"op": statement}

    parsed = quicker.parsing_once(parse)
    first = [{"S": "a"}]
    assert parsed("one", first) is parsed("one", first)
    assert parsed("two", first) == {"op": "two"}
    parsed("two", [{"S": "b"}])
    parsed("two", [{"S": "b"}])  # equal, but of another statement
    assert calls == [("one", first), ("two", first), ("two", [{"S": "b"}]), ("two", [{"S": "b"}])]


def test_a_statement_that_cannot_be_parsed_is_refused_each_time() -> None:
    def parse(_statement: str, _parameters: list[Any]) -> dict[str, Any]:
        raise ValueError("unexpected term")

    parsed = quicker.parsing_once(parse)
    parameters: list[Any] = []
    for _ in range(2):
        with pytest.raises(ValueError, match="unexpected term"):
            parsed("one", parameters)


@pytest.mark.parametrize("text", ["", "a", "a=", "a=1&a=&b=", "a=1&b=%2F+%C3%A4&a=2", "=&&x=1", "a=%zz"])
def test_a_form_is_read_as_python_reads_it(text: str) -> None:
    read = quicker.form_reader()
    for _ in range(2):
        assert read(text) == parse_qs(text)
        assert read(text, keep_blank_values=True) == parse_qs(text, keep_blank_values=True)
        read(text, keep_blank_values=True).clear()  # the caller owns the answer


def test_a_function_that_is_no_longer_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="_no_such_function"):
        quicker.replace("services.sqs", "_no_such_function", lambda function: function)
