"""Jobs a second of one worker on an algorithm that does nothing, if every call of AWS takes so much longer."""

import time
from concurrent.futures import ThreadPoolExecutor

from bench.calls import held, wait_for
from bench.instruments.measure import Sample
from bench.instruments.recorded import RecordedCloud
from bench.instruments.system import System

ALGORITHM = "bench_nothing"
DELAY = 0.008  # seconds
JOBS, ROUNDS = 200, 3
EDGE = 20  # jobs at both ends that do not count: the first find an idle worker, the last have none behind them


def measure(cloud: RecordedCloud, system: System) -> dict[str, Sample]:
    """Return jobs a second without a delay and with it, in turns; the first turn of each does not count."""
    rates: dict[float, list[float]] = {0.0: [], DELAY: []}
    for _ in range(ROUNDS + 1):
        for delay, found in rates.items():
            found.append(_rate(cloud, system, delay))
    return {f"{1000 * delay:g} ms longer": Sample(tuple(found[1:])) for delay, found in rates.items()}


def _rate(cloud: RecordedCloud, system: System, delay: float) -> float:
    with held(cloud, ALGORITHM):
        with ThreadPoolExecutor(4) as pool:
            sent = list(pool.map(lambda _: system.client.submit(ALGORITHM, system.pacs, {}), range(JOBS)))
        cloud.emulator.proxy.delay = delay
    time.sleep(0.5)
    published = sorted(wait_for(system, sent))[EDGE:-EDGE]
    cloud.emulator.proxy.delay = 0.0
    cloud.emulator.boto3_client("sqs").purge_queue(QueueUrl=system.client.queue_url)
    return (len(published) - 1) / (published[-1] - published[0]) * 1000
