"""What the policy never does, whatever it sees and remembers."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from algorithms.declaration import Resources
from algorithms.scaling import Memory, Observation, decide
from tests.algorithms.test_scaling import NOW, RESOURCES, wanted

counts = st.integers(0, 500)
resources = st.builds(
    Resources,
    acceptable_latency=st.floats(1, 3600),
    typical_seconds=st.floats(0.01, 3600),
    min_tasks=st.integers(0, 3),
    max_tasks=st.integers(3, 50),
)
looks = st.builds(Observation, visible=counts, in_flight=counts, running=st.integers(0, 50), desired=st.integers(0, 50))
moments = st.none() | st.floats(NOW - 7200, NOW)
memories = st.none() | st.builds(
    Memory,
    at=st.floats(NOW - 7200, NOW),
    load=st.floats(0, 50),
    idle_since=moments,
    waiting_since=moments,
    waiting=counts,
    short_since=moments,
)


@given(resources, looks, memories)
def test_the_bounds_hold(declared: Resources, observation: Observation, before: Memory | None) -> None:
    assert declared.min_tasks <= wanted(observation, before, declared) <= declared.max_tasks


@given(resources, looks, memories)
def test_a_service_with_a_job_has_a_task(declared: Resources, observation: Observation, before: Memory | None) -> None:
    if observation.jobs:
        assert wanted(observation, before, declared) >= 1


@given(resources, looks, memories)
def test_the_same_look_is_the_same_decision(
    declared: Resources, observation: Observation, before: Memory | None
) -> None:
    assert decide(declared, observation, before, NOW) == decide(declared, observation, before, NOW)


@given(looks, memories)
def test_no_task_that_may_be_busy_is_taken_away(observation: Observation, before: Memory | None) -> None:
    """Of jobs that last, a task has one or two in hand: so many tasks are kept, of those that run."""
    lasting = Resources(typical_seconds=600.0, acceptable_latency=1200.0, max_tasks=50)
    busy = min(observation.in_flight, observation.running, observation.desired)
    assert wanted(observation, before, lasting) >= min(busy, lasting.max_tasks)


@given(looks, memories)
def test_no_task_is_added_where_no_job_is(observation: Observation, before: Memory | None) -> None:
    empty = dataclasses.replace(observation, visible=0, in_flight=0)
    assert wanted(empty, before) <= max(observation.desired, RESOURCES.min_tasks)


@given(looks, memories, st.integers(1, 100))
def test_more_jobs_never_want_fewer_tasks(observation: Observation, before: Memory | None, more: int) -> None:
    fuller = dataclasses.replace(observation, visible=observation.visible + more)
    assert wanted(fuller, before) >= wanted(observation, before)
