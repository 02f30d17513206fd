"""`python -m bench.polls`: how long sending a job takes, alone and while a thousand clients wait for results.

Each poll that is held is a process of the emulator, of 35 MiB: `--held` bounds them, as a stack's concurrency does.
Polls beyond it are refused and come again after a pause, as those of the page and the CLI do.
"""

import asyncio
import math
import multiprocessing
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

import click
import httpx

from bench.instruments.measure import Sample, compare
from bench.instruments.system import install_plugin, system
from clients.cli.client import Client
from components.parts.handlers.concurrency import SHARES, UNRESERVED
from runtime.local.cloud import LocalCloud

PER_SHARD = 100
SETTLE_SECONDS = 30.0
WAIT_SECONDS = 20
CALL_SECONDS = 60.0
ROUNDS = 2
LIMIT = {"imaging:apiRateLimit": 2000, "imaging:apiBurstLimit": 2000}  # that of the stage, which is not looked at here


@click.command()
@click.option("--polls", type=click.IntRange(1), default=1000, show_default=True, help="Clients that wait.")
@click.option("--held", type=click.IntRange(20), default=200, show_default=True, help="Polls that the stack holds.")
@click.option("--jobs", type=click.IntRange(2), default=40, show_default=True, help="Jobs sent each time.")
def main(polls: int, held: int, jobs: int) -> None:
    """Measure in turns, then print."""
    install_plugin()
    executions = UNRESERVED + sum(SHARES.values()) + held
    shards = math.ceil((polls + 1) / PER_SHARD)
    cloud = LocalCloud(config={**LIMIT, "imaging:lambdaConcurrency": executions, "imaging:resultShards": shards})
    with system(cloud) as running, ThreadPoolExecutor(8) as pool:
        api = cloud.outputs["ProcessingApiEndpoint"]
        waiting = list(pool.map(lambda _: _provision(api), range(polls)))
        taken: dict[bool, list[float]] = {False: [], True: []}
        answers: Counter[str] = Counter()
        for _ in range(ROUNDS):
            for polled in (False, True):
                with _Polls(api, waiting if polled else []) as held_open:
                    for _ in range(jobs):
                        time.sleep(random.uniform(0, 0.3))
                        start = time.perf_counter()
                        running.client.submit("bench_nothing", running.pacs, {})
                        taken[polled].append((time.perf_counter() - start) * 1000)
                answers += held_open.answers
    alone, beside = (Sample(tuple(taken[polled])) for polled in (False, True))
    print(f"{polls} clients wait, {held} of them are held; answers to polls: {dict(answers)}\n")
    print(compare("POST /process, ms", alone, "beside the polls", beside))


def _provision(api: str) -> tuple[str, str]:
    """Return the queue and the token of a new client."""
    client = Client(api, timeout=CALL_SECONDS)
    made = client.provision()
    return made["queue_url"], made["client_token"]


class _Polls:
    """A process whose clients wait for results until the block ends."""

    def __init__(self, api: str, clients: list[tuple[str, str]]) -> None:
        context = multiprocessing.get_context("spawn")
        self.answers: Counter[str] = Counter()
        self._clients = clients
        self._here, there = context.Pipe()
        self._process = context.Process(target=_wait, args=(api, clients, there), daemon=True)

    def __enter__(self) -> "_Polls":
        if self._clients:
            self._process.start()
            time.sleep(SETTLE_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        if self._clients:
            self._here.send("stop")
            self.answers = self._here.recv()
            self._process.join()


def _wait(api: str, clients: list[tuple[str, str]], stop: Connection) -> None:
    stop.send(asyncio.run(_wait_together(api, clients, stop)))


async def _wait_together(api: str, clients: list[tuple[str, str]], stop: Connection) -> Counter[str]:
    answers: Counter[str] = Counter()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=api, timeout=CALL_SECONDS, limits=limits) as http:
        polls = [asyncio.create_task(_poll(http, *each, answers)) for each in clients]
        while not stop.poll():
            await asyncio.sleep(0.2)
        for each in polls:
            each.cancel()
        await asyncio.gather(*polls, return_exceptions=True)
    return answers


async def _poll(http: httpx.AsyncClient, queue: str, token: str, answers: Counter[str]) -> None:
    refusals = 0
    while True:
        query = {"queue": queue, "wait": WAIT_SECONDS}
        try:
            answer = await http.get("/proxy-sqs", params=query, headers={"X-Client-Token": token})
        except httpx.HTTPError as error:
            answers[type(error).__name__] += 1
            await asyncio.sleep(1.0)
            continue
        answers[str(answer.status_code)] += 1
        refusals = 0 if answer.is_success else refusals + 1
        if refusals:
            pause = float(answer.headers.get("Retry-After") or min(10.0, 0.5 * 2.0**refusals))
            await asyncio.sleep(pause * random.uniform(1.0, 1.5))


if __name__ == "__main__":
    main()
