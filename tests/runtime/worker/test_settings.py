"""The environment is read as a whole, and every fault in it is named."""

import pytest

from runtime.worker.settings import SettingsError, from_environment

VARIABLES = {
    "ALGORITHM": "gaussian",
    "REQUESTS_QUEUE_URL": "https://queue",
    "TABLE_NAME": "jobs",
    "OUTPUT_BUCKET": "out",
    "PACS_BUCKET": "pacs",
    "RESULTS_TOPIC_ARNS": '["arn:0", "arn:1"]',
    "DISTRIBUTION_TOPIC_ARN": "arn:d",
}


def test_defaults_are_filled_in() -> None:
    settings = from_environment(VARIABLES)
    assert (settings.shards.named, settings.shards.count) == (("arn:0", "arn:1"), 2)
    assert settings.distribution_topic_arn == "arn:d"
    assert settings.pacs_key_pattern == "{study_id}/{series_id}/{image_id}.dcm"
    assert (settings.lease_seconds, settings.stop_timeout_seconds, settings.poll_seconds) == (60, 110, 5)
    assert settings.ecs_agent_uri is None


def test_a_variable_overrides_its_default() -> None:
    more = {
        "PACS_KEY_PATTERN": "a/{study_id}/{series_id}/{image_id}",
        "LEASE_SECONDS": "4",
        "ECS_AGENT_URI": "http://x",
    }
    settings = from_environment({**VARIABLES, **more})
    assert (settings.pacs_key_pattern, settings.lease_seconds) == (more["PACS_KEY_PATTERN"], 4)
    assert settings.ecs_agent_uri == "http://x"


def test_all_faults_are_named_at_once() -> None:
    wrong = {"ALGORITHM": "", "RESULTS_TOPIC_ARNS": "arn:0", "LEASE_SECONDS": "long", "POLL_SECONDS": "21"}
    with pytest.raises(SettingsError) as caught:
        from_environment({**{name: value for name, value in VARIABLES.items() if name != "TABLE_NAME"}, **wrong})
    message = str(caught.value)
    for words in ("ALGORITHM is not set", "TABLE_NAME is not set", "RESULTS_TOPIC_ARNS is not a JSON list"):
        assert words in message
    assert "LEASE_SECONDS is 'long', not a whole number from 2 to 43200" in message
    assert "POLL_SECONDS is '21'" in message


@pytest.mark.parametrize("text", ["[]", "[1]", '"arn"', "{"])
def test_topics_are_a_list_of_addresses(text: str) -> None:
    with pytest.raises(SettingsError, match="RESULTS_TOPIC_ARNS"):
        from_environment({**VARIABLES, "RESULTS_TOPIC_ARNS": text})
