"""`make hanging`: how long one client's job and its callback take while another client's receiver answers, or hangs."""

import argparse
import base64
import random
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench.instruments.measure import Sample
from bench.instruments.system import System, system
from clients.cli.client import Client
from runtime.local.cloud import LocalCloud

ALGORITHM = "gaussian"
ROUNDS = 20
OTHERS = 5  # jobs of the other client in each turn, each with a callback
LONGEST = 120.0
NAMES = ("every receiver answers", "the other client's receiver hangs")


class Receiver(ThreadingHTTPServer):
    """A receiver of callbacks that answers, or holds each call as long as `held` is set."""

    daemon_threads = True

    def __init__(self) -> None:
        self.held = threading.Event()
        self.calls = 0
        self.told: set[str] = set()
        self.arrived = threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                with outer.arrived:
                    outer.calls += 1
                    outer.told.add(self.headers["webhook-id"])
                    outer.arrived.notify_all()
                while outer.held.is_set():
                    time.sleep(0.05)
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Print nothing."""

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def host(self) -> str:
        """Its host and port, as callbackHosts names it."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def callback(self) -> dict[str, str]:
        """What a request says of it."""
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        return {"url": f"http://{self.host}/ended", "secret": secret}

    def wait_for(self, job_id: str) -> None:
        """Wait until it was told of a job."""
        with self.arrived:
            if not self.arrived.wait_for(lambda: job_id in self.told, LONGEST):
                raise TimeoutError(f"no callback of job {job_id}")


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Start a receiver."""
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.held.clear()
        server.shutdown()


def main() -> None:
    """Measure, then print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds: int = parser.parse_args().rounds
    with receiver() as answering, receiver() as other:
        cloud = LocalCloud(config={"callbackHosts": [answering.host, other.host]})
        with system(cloud) as running:
            measured = _measure(running, answering, other, rounds)
    print(f"\n{rounds} rounds; calls to the receiver that hangs: {other.calls}\n")
    print("| ms | POST to result, half of the jobs | 95 % | POST to callback, half | 95 % |\n|---|---:|---:|---:|---:|")
    for name, (results, callbacks) in zip(NAMES, measured, strict=True):
        figures = (each for sample in (results, callbacks) for each in (sample.median, sample.most))
        print(f"| {name} | {' | '.join(f'{each:.0f}' for each in figures)} |")


def _measure(running: System, answering: Receiver, other: Receiver, rounds: int) -> list[tuple[Sample, Sample]]:
    """Return the milliseconds to the result and to the callback, for both ways in which the other's receiver acts."""
    api = running.cloud.outputs["ProcessingApiEndpoint"]
    taken: list[tuple[list[float], list[float]]] = [([], []), ([], [])]
    with (
        Client(api, timeout=60, callback=answering.callback) as mine,
        Client(api, timeout=60, callback=other.callback) as his,
    ):
        for number in range(rounds + 1):  # the first does not count
            for hangs in random.sample((False, True), 2):
                (other.held.set if hangs else other.held.clear)()
                jobs = [his.submit(ALGORITHM, running.pacs, {}) for _ in range(OTHERS)]
                for _ in his.wait_all(jobs, timeout=LONGEST):
                    pass
                result, callback = _one(mine, running, answering)
                if number:
                    taken[hangs][0].append(result)
                    taken[hangs][1].append(callback)
    return [(Sample(tuple(results)), Sample(tuple(callbacks))) for results, callbacks in taken]


def _one(client: Client, running: System, told: Receiver) -> tuple[float, float]:
    """Return the milliseconds from the POST of a job to its result, and to its callback."""
    start = time.perf_counter()
    job_id = client.submit(ALGORITHM, running.pacs, {})
    [_result] = client.wait_all([job_id], timeout=LONGEST)
    result = time.perf_counter()
    told.wait_for(job_id)
    return (result - start) * 1000, (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
