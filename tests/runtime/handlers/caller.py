"""A client of the deployed handlers, and what it may expect of their answers."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from runtime.contracts.answers import Problem


@dataclass
class Caller:
    """A provisioned client."""

    http: httpx.Client
    client_id: str
    token: str
    queue: str
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = {"x-client-token": self.token}

    def call(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        headers = {**self.headers, **arguments.pop("headers", {})}
        return self.http.request(method, path, headers=headers, **arguments)

    def body(self, **changes: Any) -> dict[str, Any]:
        body = {
            "pacs": {"study_id": "1.2.3", "series_id": "1.2.3.4", "image_id": "1.2.3.4.5"},
            "parameters": {"sigma": 2},
            "callback": {"client_id": self.client_id},
        }
        return body | changes

    def process(self, algorithm: str = "smooth", headers: dict[str, str] | None = None, **changes: Any) -> str:
        answer = self.call("POST", f"/process/{algorithm}", json=self.body(**changes), headers=headers or {})
        assert answer.status_code == 202, answer.text
        return answer.json()["job_id"]

    def poll(self, wait: int = 0) -> list[dict[str, Any]]:
        answer = self.call("GET", "/proxy-sqs", params={"queue": self.queue, "wait": wait})
        assert answer.status_code == 200, answer.text
        return answer.json()["messages"]

    def acknowledge(self, receipt: str, queue: str = "") -> httpx.Response:
        return self.call("DELETE", "/proxy-sqs", params={"queue": queue or self.queue, "receipt": receipt})


def refused(answer: httpx.Response, status: int, code: str) -> Problem:
    """Check that the answer is this problem, and return it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate(answer.json())
    assert (problem.code, problem.status, problem.type) == (code, status, f"urn:imaging:problem:{code}")
    assert problem.detail.endswith((".", "?"))
    return problem


def pointers(problem: Problem) -> list[str | None]:
    """Return where the faults are."""
    return [error.pointer for error in problem.errors]
