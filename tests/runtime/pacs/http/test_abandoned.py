"""Nobody works for a caller who has gone."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from runtime.pacs.http.abandoned import Abandoned


def run(app: object, *, method: str = "GET", gone_after: float | None = None) -> list[Message]:
    """Call `app` behind the middleware; return what it sent."""
    sent: list[Message] = []
    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        await asyncio.sleep(3600 if gone_after is None else gone_after)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": method}
    asyncio.run(asyncio.wait_for(Abandoned(app)(scope, receive, send), 30))  # type: ignore[arg-type]
    return sent


async def slow(_: Scope, __: Receive, send: Send) -> None:
    await asyncio.sleep(3600)
    await send({"type": "http.response.start", "status": 200})


async def reads(_: Scope, receive: Receive, send: Send) -> None:
    await send(await receive())


async def quick(_: Scope, __: Receive, send: Send) -> None:
    await asyncio.sleep(0)
    await send({"type": "http.response.start", "status": 200})


async def failing(_: Scope, __: Receive, ___: Send) -> None:
    raise LookupError("a bug")


def test_work_ends_with_the_connection() -> None:
    assert run(slow, gone_after=0.05) == []


def test_an_answer_arrives() -> None:
    assert [message["type"] for message in run(quick)] == ["http.response.start"]


def test_the_application_may_read_the_body_that_is_none() -> None:
    assert run(reads) == [{"type": "http.request", "body": b"", "more_body": False}]


def test_an_error_stays_an_error() -> None:
    with pytest.raises(LookupError):
        run(failing)


def test_a_call_with_a_body_is_left_alone() -> None:
    assert run(quick, method="POST") == [{"type": "http.response.start", "status": 200}]


def test_a_call_that_others_cancel_is_cancelled() -> None:
    async def cancelled() -> None:
        call = asyncio.create_task(Abandoned(slow)({"type": "http", "method": "GET"}, asyncio.Event().wait, sent))  # type: ignore[arg-type]
        await asyncio.sleep(0.05)
        call.cancel()
        await call

    async def sent(_: Message) -> None:
        """Take what is sent."""

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())


def test_what_comes_after_an_abandoned_call_is_not_cancelled() -> None:
    async def call() -> str:
        async def receive() -> Message:
            return {"type": "http.disconnect"}

        async def send(_: Message) -> None:
            """Take what is sent."""

        await Abandoned(slow)({"type": "http", "method": "GET"}, receive, send)
        task = asyncio.current_task()
        assert task is not None and not task.cancelling()
        await asyncio.sleep(0)
        return "logged"

    assert asyncio.run(call()) == "logged"
