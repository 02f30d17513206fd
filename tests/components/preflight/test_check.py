"""Every refusal names key, value, limit and way out, before anything is made, and all of them at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pulumi
import pytest

from algorithms.declaration import Resources
from algorithms.errors import PluginFault, RegistryError
from components.configuration.config import read
from components.configuration.errors import ConfigurationError
from components.parts import limits
from components.preflight import account, capacity, check, stack_name, weights
from components.preflight.place import Place
from imaging import Weights
from runtime.local.program.project import configuration
from tests.components.preflight.refused import PLACE, REFUSED, VPC, subnets
from tests.components.stack import Deploy


def refusals(
    changes: Mapping[str, Any], place: Place = PLACE, stack: str = "dev", project: str = "imaging"
) -> list[str]:
    """Return what is refused of the dev stack with changes."""
    pulumi.runtime.set_mocks(None, project=project, stack=stack)  # pyright: ignore[reportArgumentType] - no resource
    pulumi.runtime.set_all_config(configuration("dev", changes))
    values, faults = read(pulumi.Config("imaging"))
    return [*faults, *stack_name.faults(project, stack), *account.faults("imaging", values, place)]


@pytest.fixture(autouse=True)
def own_configuration() -> Iterator[None]:
    yield
    pulumi.runtime.set_all_config({})


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_names_key_value_limit_and_way_out(case: str) -> None:
    changes, place, named = REFUSED[case]
    (fault,) = refusals(changes, place)
    assert all(part in fault for part in named), fault
    assert re.fullmatch(r"[^\n]+[.?]", fault)


def test_the_embedded_cloud_takes_a_certificate_of_any_account() -> None:
    changes, place, _ = REFUSED["certificate of another account"]
    assert refusals(changes, replace(place, account=account.NO_ACCOUNT)) == []


@pytest.mark.parametrize("place", [PLACE, subnets()])
def test_what_fits_is_not_refused(place: Place) -> None:
    assert refusals({} if place is PLACE else VPC, place) == []


@pytest.mark.parametrize(
    ("stack", "named"),
    [
        ("dev-eu.south", ("stack", "'dev-eu.south'", "letters, digits, - and _", "call it dev-eu-south")),
        ("dev-" + "x" * 60, ("stack", "client-", "SQS takes 80", "21 characters shorter")),
    ],
)
def test_a_stacks_name_must_fit_what_is_called_after_it(stack: str, named: tuple[str, ...]) -> None:
    (fault,) = refusals({}, stack=stack)
    assert all(part in fault for part in named), fault


def test_more_results_queues_than_a_topic_takes() -> None:
    (fault,) = limits.faults({"many": [object()] * 101, "few": [object()]})
    assert all(part in fault for part in ("many", "101 algorithms", "100 subscriptions", "split it"))


def test_vcpus_beyond_a_new_account_are_said_with_the_quotas_name() -> None:
    spot, steady = Resources(vcpu=2, max_tasks=5), Resources(vcpu=4, max_tasks=2, spot=False)
    demand, rest = capacity.vcpus([spot, steady], pacs_tasks=2)
    assert all(part in demand for part in ("max_tasks", "11 vCPUs on demand", "has 6", "Fargate On-Demand vCPU"))
    assert all(part in rest for part in ("8 vCPUs on Spot", "has 6", "Fargate Spot vCPU", "lower max_tasks"))
    assert capacity.vcpus([Resources(vcpu=1, max_tasks=4)], pacs_tasks=2) == []


def test_an_age_that_healthy_jobs_pass_is_refused() -> None:
    slow: Any = SimpleNamespace(algorithm=SimpleNamespace(name="slow", resources=Resources(timeout=3600)))
    values = {"job_max_age_seconds": 7200, "max_attempts": 3}
    (fault,) = capacity.ages("imaging", [slow], values)
    assert all(part in fault for part in ("imaging:jobMaxAgeSeconds is 7200", "slow may take 10800 s", "Raise the key"))
    assert capacity.ages("imaging", [slow], {**values, "max_attempts": 2}) == []


def test_weights_that_are_not_the_declared_ones_are_refused() -> None:
    other = Weights("algorithms", "py.typed", sha256="0" * 64, licence="CC0-1.0", source="made by hand")
    found: Any = SimpleNamespace(algorithm=SimpleNamespace(name="tissue", weights=(other,)), label="tissue 1.2.0")
    (fault,) = weights.faults([found])
    parts = (
        "tissue of tissue 1.2.0",
        "weights py.typed of algorithms",
        "SHA-256 is e3b0c44298fc",
        "install the release",
    )
    assert all(part in fault for part in parts)


def test_too_little_concurrency_to_reserve_any_is_said() -> None:
    (warning,) = capacity.unreserved("imaging", 10)
    parts = ("imaging:lambdaConcurrency is 10", "from 202 on", "Concurrent executions", "raise the key")
    assert all(part in warning for part in parts)
    assert capacity.unreserved("imaging", 1000) == []


def test_everything_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RegistryError([PluginFault("sharpen", "sharp-images", "1.0", "module 'sharp' has no attribute 'run'")])

    monkeypatch.setattr(check, "load_registry", broken)
    monkeypatch.setattr(check, "look", lambda values: PLACE)
    pulumi.runtime.set_mocks(None, project="imaging", stack="dev.1")  # pyright: ignore[reportArgumentType] - no resource
    pulumi.runtime.set_all_config(configuration("dev", {"nat": "two", "availabilityZones": 4, "apiAuth": "iam"}))
    with pytest.raises(ConfigurationError) as caught:
        check.checked(pulumi.Config("imaging"), "imaging-services")
    assert isinstance(caught.value, pulumi.RunError), "the engine shows it without a traceback"
    said = "\n".join(caught.value.faults)
    parts = ("sharp-images", "repair or uninstall it", "imaging:nat", "'dev.1'", "availabilityZones is 4")
    assert all(part in said for part in parts), said


def test_nothing_is_made_of_a_stack_that_is_refused(program: Deploy) -> None:
    told = program({"resultShard": 2, "availabilityZones": 4, "pacsApiAllowedCidrs": ["10.1.2.3/8"]})
    assert "Traceback" not in told["error"]
    assert "resources" not in told
    for part in ("nothing was changed", "imaging:resultShards?", "availabilityZones is 4", "write 10.0.0.0/8"):
        assert part in told["error"]
