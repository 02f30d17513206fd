"""What a change of code asks for."""

from runtime.local.reload.decision import Decision, decide
from runtime.local.reload.declared import Declared, Fault
from runtime.local.reload.lines import Workers, refused, reloaded

DEPLOYED = Declared({"blur": "filters", "edges": "filters", "otsu": "masks"}, "digest")


def test_a_changed_body_restarts_its_distribution_alone() -> None:
    assert decide(DEPLOYED, DEPLOYED, {"filters"}) == Decision(False, frozenset({"blur", "edges"}))


def test_a_changed_declaration_is_deployed_and_its_distribution_restarted() -> None:
    found = Declared(DEPLOYED.algorithms, "another")
    assert decide(DEPLOYED, found, {"masks"}) == Decision(True, frozenset({"otsu"}))


def test_a_new_algorithm_is_deployed_and_has_no_workers_to_restart() -> None:
    found = Declared({**DEPLOYED.algorithms, "mean": "masks"}, "another")
    assert decide(DEPLOYED, found, {"masks"}) == Decision(True, frozenset({"otsu"}), added=("mean",))


def test_an_algorithm_that_is_gone_is_named() -> None:
    found = Declared({"blur": "filters", "otsu": "masks"}, "another")
    decision = decide(DEPLOYED, found, {"filters"})
    assert decision == Decision(True, frozenset({"blur"}), removed=("edges",))
    assert "removed edges with its queues" in reloaded(["filters"], decision, 1.0, Workers())


def test_an_error_is_four_lines() -> None:
    text = refused([Fault("filters", "/home/me/blur.py:3", "SyntaxError: invalid syntax")])
    assert len(text.splitlines()) == 4
    assert "/home/me/blur.py:3" in text.splitlines()[1]


def test_old_workers_that_still_end_jobs_are_said() -> None:
    decision = Decision(False, frozenset({"blur"}))
    assert (
        reloaded(["filters"], decision, 1.234, Workers()) == "reloaded filters in 1.2 s: restarted the workers of blur"
    )
    assert "take no more jobs: 2" in reloaded(["filters"], decision, 1.0, Workers(old=2))
