"""Who may call the PACS API of a stack that asks for JSON web tokens."""

import asyncio
import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import jwt
import jwt.algorithms
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from runtime.pacs import openapi
from runtime.pacs.app import create_app
from runtime.pacs.auth.tokens import LEEWAY
from runtime.pacs.settings import Settings, from_environment
from tests.runtime.pacs.auth.issuer_stand_in import AUDIENCE, StandIn, serving

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ADDRESS = "/openapi.json"


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with serving() as running:
        yield running


def call(
    stand_in: StandIn, authorization: str | None, path: str = ADDRESS, method: str = "GET", **headers: str
) -> httpx.Response:
    """Call the application of a stack that trusts the issuer."""
    told = {"Authorization": authorization} if authorization is not None else {}
    return calls(stand_in.address, [{**told, **headers}], path, method)[0]


def calls(
    issuer: str, headers: list[Mapping[str, str]], path: str = ADDRESS, method: str = "GET"
) -> list[httpx.Response]:
    async def ask() -> list[httpx.Response]:
        settings = Settings(
            bucket="pacs", origins=("https://viewer.example",), issuer=issuer, audiences=("a", AUDIENCE)
        )
        app = create_app(settings, None)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://pacs")
        async with client, app.state.shared.http:  # nothing here needs the decoders
            return [await client.request(method, path, headers=each) for each in headers]

    return asyncio.run(ask())


def test_a_token_of_the_issuer_opens_the_api(stand_in: StandIn) -> None:
    stand_in.keys["rsa"] = RSA
    for token in (stand_in.token(), stand_in.token("rsa"), stand_in.token("rsa", algorithm="PS512")):
        assert call(stand_in, f"Bearer {token}").status_code == 200
        assert call(stand_in, f"bearer  {token}").status_code == 200


def test_keys_are_fetched_once_for_many_calls(stand_in: StandIn) -> None:
    header = {"Authorization": f"Bearer {stand_in.token()}"}
    assert {answer.status_code for answer in calls(stand_in.address, [header] * 5)} == {200}
    assert stand_in.calls.count("/keys") == 1


@pytest.mark.parametrize("claims", [{"aud": ["b", AUDIENCE]}, {"aud": None, "client_id": AUDIENCE}, {"nbf": 0}])
def test_audiences_as_api_gateway_reads_them(stand_in: StandIn, claims: dict[str, Any]) -> None:
    assert call(stand_in, f"Bearer {stand_in.token(**claims)}").status_code == 200


NOW = time.time()
DAY = 86_400  # a run of all tests may take a while


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"iss": "https://another.example"}, "another issuer"),
        ({"iss": None}, "another issuer"),
        ({"aud": "another"}, "another audience"),
        ({"aud": "another", "client_id": AUDIENCE}, "another audience"),
        ({"aud": None}, "another audience"),
        ({"aud": [{"imaging": 1}]}, "another audience"),
        ({"exp": NOW - LEEWAY - 1}, "expired"),
        ({"exp": None}, "until when"),
        ({"exp": float("nan")}, "until when"),
        ({"exp": True}, "until when"),
        ({"nbf": NOW + DAY}, "not valid yet"),
        ({"iat": NOW + DAY}, "not valid yet"),
    ],
)
def test_claims_that_are_not_taken(stand_in: StandIn, claims: dict[str, object], said: str) -> None:
    # PyJWT writes only times that are numbers
    payload = {"iss": stand_in.address, "aud": AUDIENCE, "iat": NOW, "exp": NOW + DAY} | claims
    kept = json.dumps({name: value for name, value in payload.items() if value is not None})
    token = jwt.api_jws.encode(kept.encode(), stand_in.keys["first"], "ES256", headers={"kid": "first", "typ": "JWT"})
    refused(call(stand_in, f"Bearer {token}"), said)
    assert stand_in.calls == [], "what the claims alone refuse costs the issuer nothing"


def test_the_issuers_clock_may_differ_a_little(stand_in: StandIn) -> None:
    now = time.time()
    claims: dict[str, Any] = {"exp": int(now - LEEWAY / 2), "iat": int(now + LEEWAY / 2), "nbf": int(now + LEEWAY / 2)}
    assert call(stand_in, f"Bearer {stand_in.token(**claims)}").status_code == 200


def test_signatures_that_are_not_taken(stand_in: StandIn) -> None:
    stand_in.keys["rsa"] = RSA
    stranger = ec.generate_private_key(ec.SECP256R1())
    good = stand_in.token()
    published = jwt.algorithms.RSAAlgorithm.to_jwk(RSA.public_key(), as_dict=True)["n"]
    for token in (
        stand_in.token(key=stranger),
        stand_in.token(kid="nobody's", key=stranger),
        stand_in.token(kid="rsa", key=stranger),
        stand_in.token(key=RSA, algorithm="RS256", kid="first"),
        stand_in.token(key=published, algorithm="HS256", kid="rsa"),
        jwt.encode({"iss": stand_in.address, "aud": AUDIENCE, "exp": NOW + DAY}, "", "none", headers={"kid": "first"}),
        good[:-4],
        good.rpartition(".")[0] + ".",
        "",
        "a.web.token",
        "[" * 5000,
    ):
        refused(call(stand_in, f"Bearer {token}"), "token")


def test_a_key_serves_the_algorithm_alone_that_its_document_names(stand_in: StandIn) -> None:
    stand_in.keys = {"rsa": RSA}
    (key,) = stand_in.document("/keys")["keys"]
    stand_in.answers["/keys"] = {"keys": [{**key, "alg": "RS256"}]}
    assert call(stand_in, f"Bearer {stand_in.token(algorithm='RS256')}").status_code == 200
    refused(call(stand_in, f"Bearer {stand_in.token(algorithm='RS512')}"), "another kind")


def refused(answer: httpx.Response, said: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert said in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith('Bearer error="invalid_token", error_description="')
    assert answer.headers["cache-control"] == "no-store"


def test_a_call_without_a_token_is_told_which_is_wanted(stand_in: StandIn) -> None:
    for header in (None, "", "Basic dXNlcjpwYXNz"):
        answer = call(stand_in, header, Origin="https://viewer.example")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.headers["access-control-allow-origin"] == "https://viewer.example", "a page must see why"


def test_the_load_balancer_and_a_browsers_question_need_no_token(stand_in: StandIn) -> None:
    assert call(stand_in, None, "/health").status_code == 200
    asked = {"Origin": "https://viewer.example", "Access-Control-Request-Method": "GET"}
    headers = {**asked, "Access-Control-Request-Headers": "authorization"}
    assert call(stand_in, None, "/studies", "OPTIONS", **headers).status_code == 200
    assert call(stand_in, None, "/health/../studies").status_code == 401


def test_an_issuer_that_does_not_answer_is_no_fault_of_the_caller(stand_in: StandIn) -> None:
    stand_in.answers["/keys"] = 500
    answer = call(stand_in, f"Bearer {stand_in.token()}")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "unavailable", "5")


def test_nothing_of_a_token_is_logged(stand_in: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    token = stand_in.token(sub="somebody", key=ec.generate_private_key(ec.SECP256R1()))
    call(stand_in, f"Bearer {token}")
    logged = capsys.readouterr()
    assert '"status": 401' in logged.out
    assert not any(part in logged.out + logged.err for part in (*token.split("."), "somebody"))


def test_a_stack_that_asks_for_nothing_reads_no_token() -> None:
    settings = Settings(bucket="pacs")
    app = create_app(settings, None)
    assert all(each.cls.__name__ != "Bearer" for each in app.user_middleware)  # pyright: ignore
    assert "security" not in openapi.document()


def test_the_description_names_the_tokens(stand_in: StandIn) -> None:
    document = call(stand_in, f"Bearer {stand_in.token()}").json()
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert document["security"] == [{"bearer": []}]
    assert document["paths"]["/health"]["get"]["security"] == []
    assert "401" in document["paths"]["/studies"]["get"]["responses"]


def test_the_environment_names_issuer_and_audiences_together() -> None:
    given = {"PACS_BUCKET": "b", "JWT_ISSUER": "https://login.example.org", "JWT_AUDIENCES": '["a", "b"]'}
    settings = from_environment(given)
    assert (settings.issuer, settings.audiences) == ("https://login.example.org", ("a", "b"))
    for missing in ("JWT_ISSUER", "JWT_AUDIENCES"):
        with pytest.raises(ValueError, match="together"):
            from_environment({name: value for name, value in given.items() if name != missing})
