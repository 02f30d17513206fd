"""Clients are apart: nobody sees, signs, cancels or acknowledges what is another's; 120 of them over all shards."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest

from clients.cli.client import Client
from runtime.local.cloud import LocalCloud

CLIENTS = 120


@pytest.fixture
def finished(client: Client, slice_reference: dict[str, str]) -> dict[str, Any]:
    """The message with the result of a job of `client`, not acknowledged."""
    return client.wait_for(client.submit("gaussian", slice_reference, {}))


def test_another_client_is_told_nothing(
    client: Client, api: str, finished: dict[str, Any], slice_reference: dict[str, str]
) -> None:
    job_id, key = finished["result"]["job_id"], finished["result"]["outputs"][0]["key"]
    absent = uuid4().hex
    with Client(api) as thief, httpx.Client(base_url=api, headers={"X-Client-Token": thief.token}, timeout=40) as http:

        def answers(job: str, queue: str, receipt: str, name: str) -> list[httpx.Response]:
            return [
                http.get(f"/jobs/{job}"),
                http.delete(f"/jobs/{job}"),
                http.get("/proxy-sqs", params={"queue": queue, "wait": 0}),
                http.delete("/proxy-sqs", params={"queue": queue, "receipt": receipt}),
                http.delete("/proxy-sqs", params={"queue": thief.queue_url, "receipt": receipt}),
                http.get("/sign", params={"key": name}),
            ]

        theirs = answers(job_id, client.queue_url, finished["receipt"], key)
        nobodys = answers(
            absent,
            client.queue_url.replace(client.client_id, absent[:16]),
            finished["receipt"].replace(client.client_id, absent[:16]),
            key.replace(job_id, absent).replace(client.client_id, absent[:16]),
        )
        assert [answer.status_code for answer in theirs] == [403] * 6
        # The very same words: no hint whether the thing exists.
        assert [answer.json() for answer in theirs] == [answer.json() for answer in nobodys]
        assert thief.poll(wait=0) == []
    client.acknowledge(finished)  # it was neither read nor removed by the other
    assert client.job(job_id)["state"] == "succeeded"


def test_a_client_that_left_is_unknown(api: str) -> None:
    with Client(api) as gone:
        token, queue = gone.token, gone.queue_url
    answer = httpx.get(f"{api}/proxy-sqs", params={"queue": queue}, headers={"X-Client-Token": token}, timeout=40)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


def test_120_clients_each_get_their_own_result_only(
    deployed: LocalCloud, api: str, slice_reference: dict[str, str]
) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(8) as pool:
        clients = list(pool.map(lambda _: stack.enter_context(Client(api, timeout=60)), range(CLIENTS)))
        jobs = list(pool.map(lambda each: each.submit("gaussian", slice_reference, {}), clients))

        def result(each: Client) -> list[dict[str, Any]]:
            messages: list[dict[str, Any]] = []
            while not messages:
                messages = each.poll(wait=5)
            for message in messages:
                each.acknowledge(message)
            return [message["result"] for message in messages]

        results = list(pool.map(result, clients))
        rest = list(pool.map(lambda each: each.poll(wait=0), clients))
        table = deployed.emulator.boto3_client("dynamodb")
        records = [
            table.get_item(TableName=deployed.outputs["JobsTable"], Key={"pk": {"S": f"client#{each.client_id}"}})
            for each in clients
        ]
        list(pool.map(lambda each: each.__exit__(None, None, None), clients))
        stack.pop_all()
    assert [[each["job_id"] for each in found] for found in results] == [[job_id] for job_id in jobs]
    assert all(found[0]["status"] == "succeeded" for found in results)
    assert not any(rest)
    assert len({record["Item"]["shard"]["N"] for record in records}) > 1
