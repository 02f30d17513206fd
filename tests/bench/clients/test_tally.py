"""What the count of many clients' results says."""

from bench.clients.tally import Tally


def tally(*received: tuple[str, str]) -> Tally:
    counted = Tally({"alice": {"1", "2"}, "bob": {"3"}})
    for client_id, job_id in received:
        counted.receive(client_id, job_id)
    return counted


def figures(counted: Tally) -> tuple[int, int, int, int]:
    return counted.received, counted.missing, counted.misrouted, counted.repeated


def test_all_that_came_where_it_belongs() -> None:
    counted = tally(("alice", "1"), ("bob", "3"), ("alice", "2"))
    assert figures(counted) == (3, 0, 0, 0)
    assert counted.has_all("alice") and counted.has_all("bob")


def test_a_result_that_another_client_got_is_misrouted_and_missing() -> None:
    counted = tally(("bob", "1"), ("alice", "2"))
    assert figures(counted) == (1, 2, 1, 0)
    assert not counted.has_all("alice") and not counted.has_all("bob")


def test_a_result_that_came_twice_is_repeated_and_not_misrouted() -> None:
    assert figures(tally(("alice", "1"), ("alice", "1"), ("alice", "2"), ("bob", "3"))) == (3, 0, 0, 1)


def test_a_second_copy_at_another_client_is_misrouted_though_nothing_is_missing() -> None:
    assert figures(tally(("alice", "1"), ("alice", "2"), ("bob", "3"), ("bob", "1"))) == (3, 0, 1, 0)
