"""The clients' topics follow from a prefix and a number; those that an earlier release named are listed."""

import fnmatch
import json

import pytest

from runtime.contracts import shard_topics

PREFIX = "arn:aws:sns:eu-south-1:111122223333:jobs-1234567-results-"
OLD = "arn:aws:sns:eu-south-1:111122223333:results-{}-7654321.fifo"


def test_nine_hundred_topics_take_one_prefix() -> None:
    topics = shard_topics.read({"RESULTS_TOPIC_PREFIX": PREFIX, "RESULT_SHARDS": "900", "RESULTS_TOPIC_ARNS": "[]"})
    assert (topics.arn(0), topics.arn(899)) == (f"{PREFIX}000.fifo", f"{PREFIX}899.fifo")
    assert [topics.is_removed(number) for number in (0, 899, 900)] == [False, False, True]


def test_an_environment_of_the_release_before_lists_them() -> None:
    topics = shard_topics.read({"RESULTS_TOPIC_ARNS": json.dumps([OLD.format(0), OLD.format(1)])})
    assert (topics.count, topics.arn(1), topics.arn(2)) == (2, OLD.format(1), "")


def test_topics_that_kept_their_names_come_first() -> None:
    arns = [OLD.format(0), OLD.format(1), f"{PREFIX}002.fifo"]
    listed = shard_topics.named(arns, PREFIX)
    assert listed == arns[:2]
    environment = {"RESULTS_TOPIC_PREFIX": PREFIX, "RESULT_SHARDS": "3", "RESULTS_TOPIC_ARNS": json.dumps(listed)}
    assert [shard_topics.read(environment).arn(number) for number in range(3)] == arns
    assert shard_topics.named(arns[2:], PREFIX) == arns[2:]  # not the first one's name
    assert shard_topics.named([f"{PREFIX}000.fifo"], PREFIX) == []


@pytest.mark.parametrize(
    "other", ["jobs-1234567-results-x-results-", "jobs-123456-7-results-", "jobs-7654321-results-"]
)
def test_the_pattern_fits_no_topic_of_another_table(other: str) -> None:
    own = shard_topics.pattern(PREFIX)
    assert all(fnmatch.fnmatchcase(f"{PREFIX}{number:03d}.fifo", own) for number in (0, 42, 899))
    name = f"arn:aws:sns:eu-south-1:111122223333:{other}001.fifo"
    assert not fnmatch.fnmatchcase(name, own)


@pytest.mark.parametrize("text", ["[]", "[1]", '"arn"', "{"])
def test_an_environment_without_topics_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="RESULTS_TOPIC_ARNS"):
        shard_topics.read({"RESULTS_TOPIC_ARNS": text})
