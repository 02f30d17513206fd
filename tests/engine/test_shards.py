"""The clients' topics on the real engine: an earlier release's stay, and none goes on which clients live."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from runtime.local.emulator.emulator import Emulator
from tests.engine.stack import Stack
from tests.engine.work import process, running

OLD = "results-{}-7654321.fifo"
SHARDS = 2

pytestmark = pytest.mark.skipif(
    os.environ.get("ENGINE_CHECK") != "all", reason="five updates take minutes: make check-engine tries it"
)


@pytest.fixture(scope="module")
def stack(new_stack: Callable[..., Stack], account: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """A stack whose shards have the names that the provider gave them, as an earlier release left it to."""
    made = new_stack(resultShards=SHARDS)
    up = made.run("up")
    assert not up.error
    sns = account.boto3_client("sns")
    state = made.shell("pulumi stack export").stdout
    for number, arn in enumerate(up.outputs["ImageResultsTopicArns"]):
        attributes = {"FifoTopic": "true", "ContentBasedDeduplication": "false", "FifoThroughputScope": "MessageGroup"}
        sns.create_topic(Name=OLD.format(number), Attributes=attributes)
        sns.delete_topic(TopicArn=arn)
        state = state.replace(arn.rsplit(":", 1)[-1], OLD.format(number))
    file = tmp_path_factory.mktemp("state") / "state.json"
    file.write_text(state)
    assert made.shell(f"pulumi stack import --file {file}").returncode == 0
    return made


def names(arns: list[str]) -> list[str]:
    return [arn.rsplit(":", 1)[-1] for arn in arns]


def test_topics_keep_their_names_new_ones_follow_the_table_and_none_goes_on_which_clients_live(
    stack: Stack, account: Emulator, tmp_path: Path
) -> None:
    stack.configure(resultShards=SHARDS + 2)
    up = stack.run("up")
    assert not up.error
    created = [urn.rsplit("::", 1)[-1] for urn in up.urns("create", "replace", "delete")]
    assert [name for name in created if name.startswith("results-")] == ["results-2", "results-3"]
    table = up.outputs["JobsTable"]
    expected = [OLD.format(0), OLD.format(1), f"{table}-results-002.fifo", f"{table}-results-003.fifo"]
    assert names(up.outputs["ImageResultsTopicArns"]) == expected
    with running(account, tmp_path / "services"):  # the client's shard is the first one
        assert process(account, up.outputs, "gaussian") == "succeeded"
    _a_shard_on_which_clients_live_stays_and_an_empty_one_goes(stack, account, table)


def _a_shard_on_which_clients_live_stays_and_an_empty_one_goes(stack: Stack, account: Emulator, table: str) -> None:
    """One more change of the same stack: an update takes half a minute."""
    counter = {"pk": {"S": f"shard#{SHARDS + 1}"}, "clients": {"N": "1"}}
    account.boto3_client("dynamodb").put_item(TableName=table, Item=counter)
    stack.configure(resultShards=SHARDS)
    refused = stack.run("up")
    assert (
        "resultShards is 2, and clients live on shards that it leaves out (how many by shard: 3: 1)" in refused.printed
    )
    assert refused.urns("delete") == []
    topics = account.boto3_client("sns").list_topics()["Topics"]
    assert f"{table}-results-003.fifo" in names([each["TopicArn"] for each in topics])
    counter["clients"] = {"N": "0"}
    account.boto3_client("dynamodb").put_item(TableName=table, Item=counter)
    lowered = stack.run("up")
    assert not lowered.error
    deleted = [urn.rsplit("::", 1)[-1] for urn in lowered.urns("delete")]
    assert [name for name in deleted if name.startswith("results-")] == ["results-2", "results-3"]
    assert json.dumps(lowered.outputs["ImageResultsTopicArns"]).count("results-") == SHARDS
