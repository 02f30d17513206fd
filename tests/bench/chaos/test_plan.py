"""What happens in a run of chaos, and how its share is taken."""

from bench.chaos.plan import PAUSES, Plan


def test_the_plan_is_the_same_each_time_and_has_so_much_of_everything() -> None:
    jobs, signals = Plan().all_jobs(), list(Plan().signals())
    assert jobs == Plan().all_jobs() and signals == list(Plan().signals())
    assert len(jobs) == 2000 and sum(job.poison for job in jobs) == 10
    assert {job.client for job in jobs} == set(range(20))
    assert len(signals) == 250 and sum(kill for _, kill in signals) == 200
    assert all(PAUSES[0] <= pause <= PAUSES[1] for pause, _ in signals)


def test_a_share_leaves_a_job_for_each_client_and_one_of_poison() -> None:
    few = Plan().scaled(0.001)
    assert (few.jobs, few.poison, few.clients, few.workers) == (20, 1, 20, 3)
    tenth = Plan().scaled(0.1)
    assert (tenth.jobs, tenth.kills, tenth.stops, tenth.outage_seconds) == (200, 20, 5, 6.0)
