"""What operators alone may call."""

from typing import Final

from runtime.contracts.routes.parameters import SINCE, TEXT
from runtime.contracts.routes.route import ALWAYS, Route
from runtime.contracts.variables import handler_names

ROUTES: Final = (
    Route(
        method="GET",
        path="/operations/failures",
        handler=handler_names.FAILURES,
        operation="failures",
        summary="Jobs of all clients that failed or timed out, dead letters among them, newest first, for operators",
        status=200,
        answers="a page of failures, and the next page's cursor; even a page with few of them, or none, may have one",
        response="FailureList",
        parameters=(
            ("query", "reason", False, TEXT, "only those with this code"),
            ("query", "algorithm", False, TEXT, "only jobs of this algorithm"),
            SINCE,
            ("query", "cursor", False, TEXT, "the cursor of an earlier page; all other parameters stay the same"),
        ),
        codes=("forbidden", "invalid_request", *ALWAYS),
        token=False,
        operator=True,
    ),
    Route(
        method="POST",
        path="/operations/failures/retry",
        handler=handler_names.FAILURES,
        operation="retryFailures",
        summary="Send failed jobs anew, each for its own client, for operators",
        status=200,
        answers="the new job of each; or why a job was not sent: `not_a_failure`, `client_removed`, "
        "`too_many_open_jobs`, `unavailable`",
        response="Settled",
        request="FailedJobs",
        codes=("not_json", "bad_request", "forbidden", "body_too_large", "invalid_request", *ALWAYS),
        token=False,
        operator=True,
    ),
    Route(
        method="POST",
        path="/operations/failures/discard",
        handler=handler_names.FAILURES,
        operation="discardFailures",
        summary="Take failed jobs off the list of failures; nothing else of them changes, for operators",
        status=200,
        answers="those that are off the list; or why a job is not: `not_a_failure`",
        response="Settled",
        request="FailedJobs",
        codes=("not_json", "bad_request", "forbidden", "body_too_large", "invalid_request", *ALWAYS),
        token=False,
        operator=True,
    ),
    Route(
        method="GET",
        path="/operations/system",
        handler=handler_names.SYSTEM,
        operation="system",
        summary="How each algorithm does, and why jobs failed, for operators",
        status=200,
        answers="queues, tasks, durations of the last day beside what is declared, and failures by reason",
        response="SystemView",
        codes=("forbidden", *ALWAYS),
        token=False,
        operator=True,
        sign_in=True,
    ),
)
