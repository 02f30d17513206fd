"""The configuration: one schema, typed, all faults at once."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any

import pulumi
import pytest
import yaml

from components.configuration.config import load, readable
from components.configuration.errors import ConfigurationError
from components.configuration.fields import key
from components.configuration.settings import Settings
from runtime.local.program.project import ROOT, configuration

SCHEMA: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
TYPES = {"string": str, "integer": int, "boolean": bool, "array": tuple}


def read(**changes: Any) -> Settings:
    """Load the dev stack's configuration with changes."""
    pulumi.runtime.set_all_config(configuration("dev", changes))
    return load(pulumi.Config("imaging"))


def faults(**changes: Any) -> list[str]:
    """Return what is wrong with a configuration."""
    with pytest.raises(ConfigurationError) as error:
        read(**changes)
    return error.value.faults


def test_every_key_is_a_field_and_has_type_description_and_default() -> None:
    assert sorted(SCHEMA) == sorted(key(field.name) for field in dataclasses.fields(Settings))
    for name, entry in SCHEMA.items():
        assert entry["description"].endswith("."), name
        assert "default" in entry, name


def test_every_field_has_its_keys_type() -> None:
    settings = read()
    for field in dataclasses.fields(Settings):
        assert type(getattr(settings, field.name)) is TYPES[SCHEMA[key(field.name)]["type"]], field.name


def test_defaults_lack_only_what_nobody_can_guess() -> None:
    defaults = {f"imaging:{name}": _text(entry["default"]) for name, entry in SCHEMA.items()}
    pulumi.runtime.set_all_config({**defaults, "imaging:webFolder": "no/page/here"})
    with pytest.raises(ConfigurationError) as error:
        load(pulumi.Config("imaging"))
    assert [fault.split()[0] for fault in error.value.faults] == [
        "imaging:pacsBucket",
        "imaging:web",  # is true, and the page is not built yet
        "imaging:apiAuth",  # is jwt: who signs the tokens,
        "imaging:apiAuth",  # and for whom
    ]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        read().nat = "none"  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("nat", "two", "one of none, single, one-per-az"),
        ("resultShards", 901, "a whole number from 1 to 900"),
        ("resultShards", "many", "a whole number from 1 to 900"),
        ("resultShards", "1_0", "a whole number from 1 to 900"),
        ("leaseSeconds", "010", "a whole number from 2 to 900"),
        ("logRetentionDays", "+7", "one of 1, 3, 5, 7"),
        ("logRetentionDays", 8, "one of 1, 3, 5, 7"),
        ("protectData", "yes", "true or false"),
        ("corsOrigins", ["example.org"], "a list of origins such as"),
        ("corsOrigins", "https://a.example", "a list of origins such as"),
        ("pacsBucket", "No_Bucket", "the name of an existing S3 bucket"),
        ("pacsKeyPattern", "{study_id}/{image_id}", "a key with {study_id}, {series_id} and {image_id}"),
        ("pacsBucket", "images--euw1-az1--x-s3", "the name of an existing S3 bucket"),
        ("apiJwtAudiences", [f"a{number}" for number in range(51)], "a list of at most 50 audiences"),
        ("privateSubnetIds", [f"subnet-{number}" for number in range(17)], "a list of at most 16 subnet ids"),
        ("apiDomainName", "a." * 126 + "org", "a domain such as"),
        ("callbackHosts", ["hooks.example.org:70000"], "at most 50 hosts such as"),
        ("callbackHosts", ["-hooks.example.org"], "at most 50 hosts such as"),
        ("pacsApiAllowedCidrs", ["everyone"], "a list of at most 60 address ranges"),
        ("pacsApiAllowedCidrs", ["10.0.0.256/8"], "a list of at most 60 address ranges"),
        ("pacsApiAllowedCidrs", ["10.0.0.0/33"], "a list of at most 60 address ranges"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(name: str, value: Any, allowed: str) -> None:
    (fault,) = faults(**{name: value})
    assert fault.startswith(f"imaging:{name} is ")
    assert (value if isinstance(value, str) else json.dumps(value)) in fault
    assert allowed in fault


def test_all_faults_are_told_at_once() -> None:
    found = faults(nat="two", resultShards=0, images="later")
    assert [fault.split()[0] for fault in found] == ["imaging:nat", "imaging:resultShards", "imaging:images"]


@pytest.mark.parametrize(
    ("changes", "first", "second"),
    [
        ({"vpcId": "vpc-1"}, "vpcId", "publicSubnetIds"),
        ({"vpcId": "vpc-1", "publicSubnetIds": ["subnet-1", "subnet-2"]}, "vpcId", "privateSubnetIds"),
        ({"privateSubnetIds": ["subnet-1"]}, "privateSubnetIds", "vpcId"),
        ({"pacsApiAllowHttp": False}, "pacsApiDomainName", "pacsApiAllowHttp"),
        ({"images": "prebuilt"}, "images", "prebuiltImages"),
    ],
)
def test_keys_that_do_not_fit_together_are_both_named(changes: dict[str, Any], first: str, second: str) -> None:
    found = " ".join(faults(**changes))
    assert f"imaging:{first}" in found
    assert f"imaging:{second}" in found


def test_every_missing_prebuilt_image_is_named_with_all_else_that_is_wrong() -> None:
    one = {"images": "prebuilt", "prebuiltImages": ["a-worker=registry/a:1"]}
    pulumi.runtime.set_all_config(configuration("dev", one))
    assert load(pulumi.Config("imaging"), ["a-worker"]).prebuilt_image("a-worker") == "registry/a:1"
    pulumi.runtime.set_all_config(configuration("dev", {**one, "nat": "two"}))
    with pytest.raises(ConfigurationError) as error:
        load(pulumi.Config("imaging"), ["a-worker", "b-worker", "c-pacs"])
    assert [fault.split()[0] for fault in error.value.faults] == ["imaging:nat", "imaging:prebuiltImages"]
    assert "it must name b-worker, c-pacs, too" in error.value.faults[1]


def test_a_prebuilt_image_is_named_once() -> None:
    (fault,) = faults(images="prebuilt", prebuiltImages=["a-worker=registry/a:1", "a-worker=registry/a:2"])
    assert fault.startswith("imaging:prebuiltImages names a-worker 2 times")


@pytest.fixture
def encrypted() -> Iterator[Callable[[str], None]]:
    """Note that a key was set with --secret."""
    yield lambda name: pulumi.runtime.set_all_config({}, [f"imaging:{name}"])
    pulumi.runtime.set_all_config({}, [])


def test_what_was_set_as_a_secret_is_not_shown(encrypted: Callable[[str], None]) -> None:
    encrypted("alarmEmail")
    (fault,) = faults(alarmEmail="no address")
    assert fault.startswith("imaging:alarmEmail is hidden; it must be a mail address")


def test_a_secret_that_anybody_can_read_is_warned_of(encrypted: Callable[[str], None]) -> None:
    read(otlpHeaders="x-api-key=1234")
    (warning,) = readable(pulumi.Config("imaging"))
    assert all(part in warning for part in ("imaging:otlpHeaders", ".yaml", "--secret")) and "1234" not in warning
    encrypted("otlpHeaders")
    read(otlpHeaders="x-api-key=1234")
    assert readable(pulumi.Config("imaging")) == []
