"""The job's state machine: accepted -> queued -> running -> one end state, which is final.

Plain Python: the Lambda bundle carries this file.
"""

from typing import Final

ACCEPTED: Final = "accepted"
QUEUED: Final = "queued"
RUNNING: Final = "running"
SUCCEEDED: Final = "succeeded"
PARTIAL: Final = "partial"
FAILED: Final = "failed"
CANCELLED: Final = "cancelled"
TIMED_OUT: Final = "timed_out"

OPEN_STATES: Final = (ACCEPTED, QUEUED, RUNNING)
END_STATES: Final = (SUCCEEDED, PARTIAL, FAILED, CANCELLED, TIMED_OUT)
# The ends that an operator looks after, whoever the client is.
FAILURES: Final = (FAILED, TIMED_OUT)

# The hops of a job in the order in which it passes them. Each is an attribute `t_<hop>` of the job's item,
# in milliseconds since the epoch; the last two are written by the results proxy.
HOPS: Final = (
    "accepted",
    "queued",
    "started",
    "fetched",
    "computed",
    "stored",
    "published",
    "delivered",
    "acknowledged",
)
