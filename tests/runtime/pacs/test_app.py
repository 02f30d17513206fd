"""What happens when something behind the API fails: the application itself, with a bucket that misbehaves."""

import asyncio
import json
import socket
from typing import Any

import boto3
import httpx
import pytest
from botocore.config import Config

from runtime.local.emulator.emulator import free_port
from runtime.pacs.app import create_app
from runtime.pacs.settings import DECODER_MOST_MIB, PARSER_MIB, SERVER_MIB, Settings, from_environment

IMAGE = "/studies/secret-study/series/s/images/i"


class Exploding:
    """An S3 client with a bug: nothing real can be made to fail like that."""

    def get_object(self, **_: Any) -> None:
        """Fail with a message that quotes the request."""
        raise RuntimeError("secret-study")


def call(s3: Any, method: str, *paths: str, processing_api: str = "", broken: bool = False) -> list[httpx.Response]:
    """Return the answers of one running application, with one decoding process."""

    async def ask() -> list[httpx.Response]:
        app = create_app(Settings(bucket="pacs", processing_api=processing_api, origins=("*",), decoders=1), s3)
        async with app.router.lifespan_context(app):
            app.state.shared.pool.startable = not broken
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://pacs") as client:
                return [
                    await client.request(method, path, headers={"Origin": "http://viewer"}, content=b"{}")
                    for path in paths
                ]

    return asyncio.run(ask())


def test_without_origins_an_answer_says_nothing_of_them() -> None:
    """As in a stack by default, whose page has the PACS API's own origin."""

    async def ask() -> httpx.Response:
        app = create_app(Settings(bucket="pacs", decoders=1), Exploding())
        calls = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://pacs")
        async with app.router.lifespan_context(app), calls as client:
            return await client.get("/health", headers={"Origin": "http://viewer"})

    answer = asyncio.run(ask())
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name == "vary" or name.startswith("access-control-")]


def test_a_bug_is_a_problem_and_its_message_stays_out_of_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = call(Exploding(), "GET", IMAGE)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.headers["access-control-allow-origin"] == "*"
    logged = capsys.readouterr()
    assert "secret" not in logged.out + logged.err + answer.text
    error, line = (json.loads(text) for text in logged.out.splitlines())
    assert error["error"] == "RuntimeError" and any("get_object" in where for where in error["where"])
    assert (line["status"], line["level"]) == (500, "error")


def test_a_bucket_that_does_not_answer_is_unavailable() -> None:
    dead = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{free_port()}",
        region_name="eu-south-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=Config(retries={"max_attempts": 1}, connect_timeout=1),
    )
    for answer in call(dead, "GET", IMAGE, IMAGE + "/pixels", IMAGE + "/metadata", "/studies"):
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_a_bucket_that_never_says_a_word_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hanging = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{silent.getsockname()[1]}",
            region_name="eu-south-1",
            aws_access_key_id="a",
            aws_secret_access_key="b",
            config=Config(retries={"total_max_attempts": 1}, read_timeout=0.2),
        )
        for answer in call(hanging, "GET", IMAGE, IMAGE + "/pixels", IMAGE + "/metadata", "/studies"):
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_a_processing_api_that_is_not_there_is_unavailable() -> None:
    for address in ("", f"http://127.0.0.1:{free_port()}"):
        (answer,) = call(None, "POST", IMAGE + "/process/gaussian", processing_api=address)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


@pytest.mark.parametrize(("broken", "status"), [(False, 200), (True, 503)])
def test_health_is_that_of_what_decodes(broken: bool, status: int) -> None:
    (answer,) = call(None, "GET", "/health", broken=broken)
    assert answer.status_code == status


def test_what_decodes_fits_into_the_task() -> None:
    settings = Settings(bucket="b", decoders=2, memory_mib=2048)
    assert 2 * settings.decoder_bytes + (PARSER_MIB + SERVER_MIB << 20) <= 2048 << 20
    assert Settings(bucket="b").decoder_bytes == DECODER_MOST_MIB << 20


def test_settings_from_the_environment() -> None:
    given = {
        "PACS_BUCKET": "b",
        "PACS_KEY_PATTERN": "x/{study_id}/{series_id}/{image_id}",
        "PROCESSING_API_BASE": "http://api/",
        "PORT": "9",
        "CORS_ORIGINS": "http://a, http://b,",
        "MEMORY_MIB": "2048",
        "UPLOADS": "true",
    }
    settings = from_environment(given)
    assert from_environment({"PACS_BUCKET": "b", "PATIENT_COLUMNS": "true"}).patient_columns
    assert not settings.patient_columns
    assert settings.uploads and not from_environment({"PACS_BUCKET": "b"}).uploads
    assert (settings.bucket, settings.pattern, settings.port) == ("b", given["PACS_KEY_PATTERN"], 9)
    assert settings.memory_mib == 2048
    assert (settings.processing_api, settings.origins) == ("http://api", ("http://a", "http://b"))
    with pytest.raises(KeyError, match="PACS_BUCKET"):
        from_environment({})
    with pytest.raises(ValueError, match="key pattern"):
        create_app(Settings(bucket="b", pattern="{study_id}"), None)
