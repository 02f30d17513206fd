"""What looks right and would be refused later, by AWS or by what is deployed, is refused with the configuration."""

import json

import pytest

from runtime.archive.pattern import KeyPattern
from tests.components.configuration.test_config import faults, read


@pytest.mark.parametrize("name", ["corsOrigins", "webFolder"])
def test_a_value_that_nothing_can_read_is_a_fault_as_any_other(name: str) -> None:
    found = faults(apiAuth="jwt", web=True, **{name: "[" * 100_000})
    assert any(f"imaging:{name}" in each for each in found)


@pytest.mark.parametrize(
    "issuer", ["https://[::1", "https://login.example.org/?tenant=1", "https://login.example.org#a"]
)
def test_an_issuer_is_an_address_without_a_query(issuer: str) -> None:
    found = faults(apiAuth="jwt", apiJwtIssuer=issuer)
    assert any(each.startswith("imaging:apiJwtIssuer is ") and "without a query" in each for each in found)


PATTERNS = (
    "{study_id}/{series_id}/{image_id}.dcm",
    "a/{study_id}/b-{series_id}-c/{image_id}",
    "{study_id}.d/{series_id}/i{image_id}",
    "{series_id}/{study_id}/{image_id}",
    "{study_id}{series_id}/{image_id}",
    "{study_id}/{series_id}{image_id}",
    "{study_id}-{series_id}-{image_id}",
    "{study_id}/{series_id}/{image_id}/{image_id}",
    "{study_id}/{series_id}/{image_id}{x}",
    "{study_id!r}/{series_id}/{image_id}",
    "{study_id}/{series_id}/{image_id}}",
    "{{study_id}}/{series_id}/{image_id}",
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_key_pattern_is_refused_if_the_workers_would_refuse_it(pattern: str) -> None:
    try:
        KeyPattern(pattern)
    except ValueError:
        assert [fault.split()[0] for fault in faults(pacsKeyPattern=pattern)] == ["imaging:pacsKeyPattern"]
    else:
        assert read(pacsKeyPattern=pattern).pacs_key_pattern == pattern


DIGITS = (
    ("pacsBucketRegion", "eu-west-\N{ARABIC-INDIC DIGIT ONE}"),
    ("apiJwtIssuer", "https://login.example.org:4\N{ARABIC-INDIC DIGIT FOUR}3"),
    ("callbackHosts", ["hooks.example.org:8\N{DEVANAGARI DIGIT FOUR}43"]),
    ("otlpEndpoint", "https://otlp.example.org:4\N{FULLWIDTH DIGIT THREE}18"),
)


@pytest.mark.parametrize(("name", "value"), DIGITS)
def test_digits_of_other_scripts_are_refused(name: str, value: str | list[str]) -> None:
    found = faults(apiAuth="jwt", **{name: value if isinstance(value, str) else json.dumps(value)})
    assert any(each.startswith(f"imaging:{name}") for each in found)
