"""`python -m bench.clients`: publishes results for many clients at once, and counts what each of them gets."""

import math
import random
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import click

from bench.clients.tally import Tally
from bench.clients.traffic import publish, receive
from clients.cli.client import Client
from runtime.contracts import keys
from runtime.contracts.shard_topics import ShardTopics
from runtime.local.cloud import LocalCloud
from runtime.worker.aws.results_topics import ResultsTopics

PER_SHARD = 100
TOGETHER = 16  # clients at a time


@click.command()
@click.option("--clients", "number", type=click.IntRange(1, 1000), default=250, show_default=True)
@click.option("--results", type=click.IntRange(1), default=25_000, show_default=True, help="Of all clients together.")
@click.option("--seconds", type=click.IntRange(1), default=1800, show_default=True, help="The longest it receives.")
def main(number: int, results: int, seconds: int) -> None:
    """Count results that are missing, misrouted and repeated; the exit code is 1 if any is missing or misrouted."""
    with LocalCloud(config={"imaging:resultShards": math.ceil(number / PER_SHARD)}) as cloud, ExitStack() as stack:
        sqs, dynamodb = cloud.emulator.boto3_client("sqs"), cloud.emulator.boto3_client("dynamodb")
        api = cloud.outputs["ProcessingApiEndpoint"]
        with ThreadPoolExecutor(TOGETHER) as pool:
            clients = list(pool.map(lambda _: stack.enter_context(Client(api, timeout=60)), range(number)))
        shards: dict[str, int] = {}
        for each in clients:
            key = {"pk": {"S": keys.client(each.client_id)}}
            item = dynamodb.get_item(TableName=cloud.outputs["JobsTable"], Key=key)["Item"]
            shards[each.client_id] = int(item["shard"]["N"])
        sent = [(clients[place % number].client_id, uuid.uuid4().hex) for place in range(results)]
        random.shuffle(sent)
        tally = Tally(
            {each.client_id: {job_id for owner, job_id in sent if owner == each.client_id} for each in clients}
        )
        arns = tuple(cloud.outputs["ImageResultsTopicArns"])
        topics = ResultsTopics(cloud.emulator.boto3_client("sns"), ShardTopics(len(arns), named=arns), "")
        start = time.monotonic()
        with ThreadPoolExecutor(TOGETHER + 1) as pool:
            published = pool.submit(publish, topics, shards, sent)
            waits = [
                pool.submit(receive, tally, each, sqs if place % 2 else None, start + seconds)
                for place, each in enumerate(clients)
            ]
            for each in waits:
                each.result()
            refused = published.result()
        taken = time.monotonic() - start
    print(f"{number} clients on {len(set(shards.values()))} shards, {results} results, {taken:.0f} s")
    print("| received | missing | misrouted | repeated | refused by SNS |\n|---:|---:|---:|---:|---:|")
    print(f"| {tally.received} | {tally.missing} | {tally.misrouted} | {tally.repeated} | {len(refused)} |")
    sys.exit(1 if tally.missing or tally.misrouted else 0)


if __name__ == "__main__":
    main()
