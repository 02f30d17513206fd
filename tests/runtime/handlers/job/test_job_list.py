"""The caller's own jobs, a page at a time."""

import base64
import json
from typing import Any

import pytest

from runtime.contracts.answers import JobList
from runtime.handlers.job.job_list import LOOKED_AT, PAGE
from tests.runtime.handlers.caller import Caller, pointers, refused
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import result


def jobs(caller: Caller, **query: Any) -> JobList:
    answer = caller.call("GET", "/jobs", params=query)
    assert answer.status_code == 200, answer.text
    return JobList.model_validate(answer.json())


def ids(page: JobList) -> list[str]:
    return [job.job_id for job in page.jobs]


def put(api: Deployment, caller: Caller, number: int, **more: Any) -> str:
    job_id = f"{number:032x}"
    item = {"state": "failed", "client_id": caller.client_id, "algorithm": "smooth", "shard": 0, "request": "{}"}
    api.put(**{"pk": f"job#{job_id}", "t_accepted": number, **item, **more})
    return job_id


def test_a_client_sees_its_own_jobs_newest_first(api: Deployment, alice: Caller, bob: Caller) -> None:
    first, second = alice.process(), alice.process("grow-region", parameters={"seeds": 2}, pacs=SERIES)
    other = bob.process()
    (message,) = [each for each in api.requests() if first in each["Body"]]
    api.change(f"job#{first}", state="succeeded", result=json.dumps(result(json.loads(message["Body"]))))
    page = jobs(alice)
    assert (ids(page), page.cursor) == ([second, first], None)
    assert ids(jobs(bob)) == [other]
    told = page.jobs[1].result
    assert told is not None and "Signature=" in told.outputs[0].url
    assert page.jobs[0].result is None


SERIES = {"study_id": "1.2.3", "series_id": "1.2.3.4", "scope": "series"}


def test_jobs_are_asked_for_by_state_algorithm_and_time(api: Deployment, alice: Caller) -> None:
    old = put(api, alice, 1000)
    grown = put(api, alice, 2000, algorithm="grow-region")
    waiting = alice.process()
    api.requests()
    assert ids(jobs(alice, state="failed")) == [grown, old]
    assert ids(jobs(alice, state="queued")) == [waiting]
    assert ids(jobs(alice, state="running")) == []
    assert ids(jobs(alice, algorithm="grow-region")) == [grown]
    assert ids(jobs(alice, since=2000)) == [waiting, grown]
    assert ids(jobs(alice, since=1000, state="failed", algorithm="smooth")) == [old]


def test_pages_hold_each_job_once(api: Deployment, alice: Caller) -> None:
    put_ = [put(api, alice, 5000 + number, t_accepted=number // 3) for number in range(PAGE * 2 + 1)]
    seen, pages, cursor = list[str](), 0, {}
    while True:
        page = jobs(alice, **cursor)
        assert len(page.jobs) <= PAGE
        seen, pages = [*seen, *ids(page)], pages + 1
        if page.cursor is None:
            break
        cursor = {"cursor": page.cursor}
    assert sorted(seen) == sorted(put_) and pages == 3


def test_a_page_with_few_jobs_still_ends(api: Deployment, alice: Caller) -> None:
    rare = put(api, alice, 1, state="partial")
    for number in range(LOOKED_AT):
        put(api, alice, 9000 + number)
    page = jobs(alice, state="partial")
    assert ids(page) == [] and page.cursor
    page = jobs(alice, state="partial", cursor=page.cursor)
    assert (ids(page), page.cursor) == ([rare], None)


def cursor(*place: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "done"),
        ("state", ""),
        ("algorithm", "Smooth!"),
        ("since", "yesterday"),
        ("since", "-1"),
        ("cursor", "x"),
        ("cursor", ""),
        ("cursor", cursor(1)),
        ("cursor", cursor(True, "0" * 32)),
        ("cursor", cursor(1, "client#0")),
        ("cursor", cursor(10**20, "0" * 32)),
    ],
)
def test_what_cannot_be_asked_is_refused(alice: Caller, name: str, value: str) -> None:
    problem = refused(alice.call("GET", "/jobs", params={name: value}), 422, "invalid_request")
    assert [each.parameter for each in problem.errors] == [name]


def test_all_faults_of_a_query_are_told(api: Deployment, alice: Caller) -> None:
    problem = refused(alice.call("GET", "/jobs", params={"state": "x", "since": "y"}), 422, "invalid_request")
    assert len(pointers(problem)) == 2
    refused(api.http.get("/jobs"), 401, "unauthorized")


def test_a_cursor_of_another_client_shows_nothing_of_it(api: Deployment, alice: Caller, bob: Caller) -> None:
    for number in range(PAGE + 1):
        put(api, alice, 20_000 + number)
    page = jobs(alice)
    assert ids(jobs(bob, cursor=page.cursor)) == []
