"""A stack's configuration: every key described, every fault said, all at once."""

import dataclasses
from typing import Any

import pulumi
import pytest
import yaml

from components.configuration.config import load
from components.configuration.errors import ConfigurationError
from components.configuration.fields import key
from components.configuration.reference import PAGE, page
from components.configuration.settings import Settings
from runtime.local.program.project import ROOT, configuration

PRODUCTION = {
    "apiAuth": "jwt",
    "apiJwtIssuer": "https://login.example.org",
    "apiJwtAudiences": ["imaging"],
    "apiAllowedCidrs": [],
}
# The PACS API by a name of its own.
NAMED = {
    "pacsApiDomainName": "pacs.example.org",
    "pacsApiCertificateArn": "arn:aws:acm:eu-south-1:000000000000:certificate/0",
    "pacsApiAllowHttp": False,
}


def read(stack: str = "dev", **changes: Any) -> Settings:
    """Load the dev stack's values, with changes, as those of another stack."""
    pulumi.runtime.set_mocks(None, project="imaging", stack=stack)  # pyright: ignore[reportArgumentType] - no resource
    pulumi.runtime.set_all_config(configuration("dev", changes))
    return load(pulumi.Config("imaging"))


def faults(stack: str = "dev", **changes: Any) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        read(stack, **changes)
    return caught.value.faults


def test_every_key_is_declared_with_type_default_and_description() -> None:
    declared = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
    assert sorted(declared) == sorted(key(field.name) for field in dataclasses.fields(Settings))
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list}
    for name, entry in declared.items():
        assert type(entry["default"]) is kinds[entry["type"]], name
        assert entry["description"].endswith("."), name


def test_the_dev_stack_is_complete() -> None:
    settings = read()
    assert (settings.api_auth, settings.protect_queues, settings.cors_origins) == ("open", False, ("*",))


def test_every_fault_is_said_at_once_with_key_value_and_what_is_allowed() -> None:
    said = faults(nat="two", resultShards=999, protectData="maybe", corsOrigins=["ftp://x"], encryption="rot13")
    assert len(said) == 5
    assert "imaging:nat is 'two'; it must be one of none, single, one-per-az." in said
    assert any("imaging:resultShards is '999'" in fault and "from 1 to 900" in fault for fault in said)


def test_only_a_dev_stack_may_be_open() -> None:
    assert read("dev-anna").api_auth == "open"
    fault, *_ = faults("prod")
    assert "imaging:apiAuth is 'open'" in fault
    assert "'prod'" in fault
    assert "jwt or iam" in fault
    assert read("prod", **PRODUCTION).api_jwt_audiences == ("imaging",)
    assert read("prod", apiAuth="iam", apiAllowedCidrs=[]).api_auth == "iam"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"apiAuth": "jwt"}, ["apiJwtIssuer", "apiJwtAudiences", "apiAllowedCidrs"]),
        ({"apiJwtIssuer": "https://login.example.org"}, ["apiJwtIssuer"]),
        ({"webClientId": "page"}, ["webClientId"]),
        ({**PRODUCTION, "webClientId": "page", "webScopes": ["email"]}, ["webScopes"]),
        ({"apiDomainName": "imaging.example.org"}, ["apiCertificateArn"]),
        ({"pacsApiAllowHttp": False}, ["pacsApiDomainName"]),
        ({"pacsApiDomainName": "pacs.example.org"}, ["pacsApiDomainName"]),
        ({**PRODUCTION, "web": True, "webFolder": "runtime"}, ["webFolder"]),
        (
            {**PRODUCTION, "web": True, "webFolder": "clients/web", "pacsApiInternal": False, **NAMED},
            ["pacsApiInternal"],
        ),
        ({"vpcId": "vpc-0a1"}, ["publicSubnetIds", "privateSubnetIds"]),
        ({"images": "prebuilt"}, ["prebuiltImages"]),
        ({"pacsApiAllowedCidrs": ["10.0.0.0/8"] * 61}, ["pacsApiAllowedCidrs"]),
    ],
)
def test_keys_that_do_not_go_together_are_named(changes: dict[str, Any], named: list[str]) -> None:
    said = faults(**changes)
    assert len(said) == len(named)
    assert all(name in " ".join(said) for name in named)


def test_with_a_page_the_pacs_api_needs_neither_domain_nor_plain_http() -> None:
    shown = {**PRODUCTION, "web": True, "webFolder": "clients/web", "pacsApiAllowHttp": False}
    exposure = read(**shown).exposure
    assert (exposure.site, exposure.direct) == (True, False)


def test_a_page_that_is_not_built_is_said_with_the_way_out() -> None:
    (fault,) = faults(**PRODUCTION, web=True, webFolder="no/page")
    assert "imaging:webFolder, 'no/page', holds no index.html" in fault
    assert "`make page`" in fault
    assert "imaging:web to false" in fault


def test_the_production_example_lacks_only_what_it_asks_for() -> None:
    text = (ROOT / "Pulumi.prod.yaml.example").read_text().replace("<", "").replace(">", "")
    values = yaml.safe_load(text)["config"]
    changes = {name.removeprefix("imaging:"): value for name, value in values.items() if name.startswith("imaging:")}
    defaults = {
        "protectData": True,
        "protectQueues": True,
        "web": True,
        "webFolder": "clients/web",
        "pacsApiAllowHttp": False,
        "apiAllowedCidrs": [],
    }
    assert read("prod", **defaults, **changes).encryption == "kms"


def test_the_page_of_the_configuration_is_fresh() -> None:
    assert PAGE.read_text() == page(), "run: python -m components.configuration.reference"
