"""The issuer's keys: when they are fetched, and from whom they are taken."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest

from runtime.pacs.auth.issuer import DOCUMENT_BYTES, FRESH, KEPT, PAUSE, RETRY, Issuer, IssuerError
from tests.runtime.pacs.auth.issuer_stand_in import StandIn, serving

DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with serving() as running:
        yield running


class Clock:
    """Goes when it is told to."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def ask(stand_in: StandIn, steps: Callable[[Issuer, Clock], Awaitable[None]]) -> None:
    """Run the steps with an issuer that knows nothing yet."""

    async def run() -> None:
        async with httpx.AsyncClient(trust_env=False) as http:
            clock = Clock()
            await steps(Issuer(stand_in.address, http, clock), clock)

    asyncio.run(run())


def test_keys_are_fetched_once_however_many_calls_wait_for_them(stand_in: StandIn) -> None:
    async def steps(issuer: Issuer, clock: Clock) -> None:
        found = await asyncio.gather(*(issuer.key("first") for _ in range(20)))
        assert all(found)
        clock.time += FRESH
        assert await issuer.key("first")

    ask(stand_in, steps)
    assert stand_in.calls == [DISCOVERY, "/keys"]


def test_a_caller_who_leaves_does_not_end_the_fetch_for_the_others(stand_in: StandIn) -> None:
    async def steps(issuer: Issuer, clock: Clock) -> None:
        leaving, staying = asyncio.create_task(issuer.key("first")), asyncio.create_task(issuer.key("first"))
        await asyncio.sleep(0)
        leaving.cancel()
        assert await staying

    ask(stand_in, steps)


def test_a_rotated_key_is_found_and_the_old_one_is_gone(stand_in: StandIn) -> None:
    async def steps(issuer: Issuer, clock: Clock) -> None:
        assert await issuer.key("first")
        stand_in.rotate("second")
        clock.time += PAUSE
        assert await issuer.key("second")
        assert await issuer.key("first") is None

    ask(stand_in, steps)


def test_unknown_keys_make_nobody_ask_the_issuer_all_the_time(stand_in: StandIn) -> None:
    async def steps(issuer: Issuer, clock: Clock) -> None:
        for number in range(1000):
            assert await issuer.key(f"nobody's-{number}") is None
            clock.time += PAUSE / 500

    ask(stand_in, steps)
    assert stand_in.calls.count("/keys") == 2


def test_older_keys_are_renewed_while_calls_go_on(stand_in: StandIn) -> None:
    async def steps(issuer: Issuer, clock: Clock) -> None:
        assert await issuer.key("first")
        stand_in.rotate("second")
        clock.time += FRESH + 1
        assert await issuer.key("first"), "nobody waits for the renewal"
        assert await issuer.key("second")

    ask(stand_in, steps)


def test_known_keys_outlive_an_issuer_that_is_down_for_a_while(stand_in: StandIn) -> None:
    async def steps(issuer: Issuer, clock: Clock) -> None:
        assert await issuer.key("first")
        stand_in.answers[DISCOVERY] = 500
        clock.time = KEPT - 1
        assert await issuer.key("first")
        clock.time = KEPT
        with pytest.raises(IssuerError):
            await issuer.key("first")

    ask(stand_in, steps)


def test_an_issuer_that_is_back_is_asked_again_soon(stand_in: StandIn) -> None:
    async def steps(issuer: Issuer, clock: Clock) -> None:
        stand_in.answers[DISCOVERY] = 503
        for _ in range(10):
            with pytest.raises(IssuerError):
                await issuer.key("first")
        assert stand_in.calls == [DISCOVERY]
        del stand_in.answers[DISCOVERY]
        clock.time += RETRY
        assert await issuer.key("first")

    ask(stand_in, steps)


@pytest.mark.parametrize(
    ("path", "answer", "said"),
    [
        (
            DISCOVERY,
            {"issuer": "https://another.example", "jwks_uri": "https://another.example/keys"},
            "another issuer",
        ),
        (DISCOVERY, {"issuer": "{own}", "jwks_uri": "http://plain.example/keys"}, "no https address"),
        (DISCOVERY, {"issuer": "{own}"}, "no https address"),
        (DISCOVERY, {"issuer": "{own}", "jwks_uri": "https://["}, "no https address"),
        (DISCOVERY, b"<html>", "did not answer"),
        (DISCOVERY, ["issuer"], "is no document"),
        (DISCOVERY, 302, "answered 302"),
        ("/keys", {"keys": "none"}, "has no keys"),
        ("/keys", b" " * (DOCUMENT_BYTES + 1), "is too long"),
    ],
)
def test_what_is_no_issuers_answer_is_not_taken(stand_in: StandIn, path: str, answer: Any, said: str) -> None:
    if isinstance(answer, dict):
        answer = {name: str(value).replace("{own}", stand_in.address) for name, value in answer.items()}
    stand_in.answers[path] = answer

    async def steps(issuer: Issuer, clock: Clock) -> None:
        with pytest.raises(IssuerError, match=said):
            await issuer.key("first")

    ask(stand_in, steps)


def test_keys_that_verify_no_signature_are_passed_over(stand_in: StandIn) -> None:
    (good,) = stand_in.document("/keys")["keys"]
    others = [
        {**good, "kid": "encrypts", "use": "enc"},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"},
        {"kty": "future", "kid": "unknown"},
        {"kty": "RSA", "kid": "broken", "n": "!", "e": "AQAB"},
        {name: value for name, value in good.items() if name != "kid"},
        "no key",
    ]
    stand_in.answers["/keys"] = {"keys": [*others, good]}

    async def steps(issuer: Issuer, clock: Clock) -> None:
        assert await issuer.key("first")
        for kid in ("encrypts", "shared", "unknown", "broken", ""):
            assert await issuer.key(kid) is None

    ask(stand_in, steps)


@pytest.mark.parametrize(
    "address", ["http://login.example.org", "https://", "login.example.org", "ftp://127.0.0.1", ""]
)
def test_an_issuer_is_reached_over_https_alone(address: str) -> None:
    with pytest.raises(ValueError, match="must be an https address"):
        Issuer(address, httpx.AsyncClient())
