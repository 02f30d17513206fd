"""How things are named in the table, the output bucket and the queues: written once, used by every part.

Plain Python: the Lambda bundle carries this file.

The jobs table has one string key, `pk`, and these kinds of items:

| pk | attributes |
|---|---|
| `job#<job_id>` | state, client_id, algorithm, shard, request (the JobMessage as JSON), attempts, attempt (who has begun it last), taken_back (how many attempts were uncounted, once one was), progress (0 to 1, as long as it runs) and cancel_requested (all three absent at first), untold_to (the client_id, from the acceptance until the end is told), ordering_key (if there is one), overflow (true if it goes to the overflow queue), batch_id (if it is one of a batch), callback_state (delivered or dead, once the callback is), untold_since (when the sweeper first saw its end untold), failed_for (the code of a job that failed or timed out, until an operator retries or discards it), retried_as (the job that an operator sent instead), discarded (when an operator did that), retry_of (of a job that an operator sent, the one that had failed), error (JSON), result (JobResult as JSON with all hops of the worker, in an end state; beyond 4,000 bytes without its lists, with `manifest`, the manifest's key, `counts` of the lists and `types` of the outputs), expires, `t_<hop>` (of those outside the worker, t_started and t_published), t_distributed |
| `batch#<batch_id>` | owner (its client_id), shard, algorithm, jobs (how many), direct (how many of them go to the requests queue), request (the part of the JobMessage that they share, as JSON), references (their inputs, packed; until all are queued), t_accepted, t_queued (once all are), untold_to (until then), cancel_requested, expires |
| `client#<client_id>` | token_sha256 (absent until it is ready), queue_url, queue_arn, subscription_arn, shard, created, last_seen, provision_key, idle_seconds (if the client asked for less than the stack allows), subject (SHA-256 of who signed in, until it is being deleted), revoked and released (once it is being deleted), untold_to (`clients`) and t_accepted (both while it is being made or removed: the sweeper finishes what a dead process began), finished (when its removal was), expires |
| `idempotency#<client_id>#<sha256 of the key>` | job_id (or batch_id), request_sha256, expires |
| `provision#<sha256 of the key>` | client_id, expires |
| `route#<algorithm>` | queue_url, overflow_queue_url, fair_share, fair_groups (these three absent in a deployment of a release with one queue), results_queue_url, distribution_topic_arn, cluster, service (written by the deployment) |
| `group#<client_id>#<algorithm>#<ordering_key>` | job_id (the last job with this ordering key), overflow (whether the group is on the overflow queue), expires |
| `poke#<algorithm>` | at (when a handler last poked the scaler), expires |
| `scale#<algorithm>` | what the scaler saw last, the fields of `algorithms.scaling.Memory` and on_requests, on_overflow (absent if not read), held, tasks for estimates (`runtime/handlers/scaling/looks.py`); expires |
| `sweep` | after (the index's key, as JSON, after which the sweeper goes on if it had no time for all jobs), expires |
| `shard#<n>` | clients (how many subscribe to that results topic) |
"""

import re
from typing import Final

CLIENT_ID_PATTERN: Final = "[0-9a-f]{16}"
# Where an image lies in the PACS bucket unless `pacsKeyPattern` says otherwise.
PACS_KEY_PATTERN: Final = "{study_id}/{series_id}/{image_id}.dcm"
JOB_ID_PATTERN: Final = "[0-9a-f]{32}"
JOB_ID: Final = re.compile(JOB_ID_PATTERN)
# Another form than a job's id, so that a person and a program can tell which of the two it is.
BATCH_ID_PATTERN: Final = "b-[0-9a-f]{32}"
BATCH_ID: Final = re.compile(BATCH_ID_PATTERN)
MANIFEST: Final = "result.json"
JOB_TTL_SECONDS: Final = 14 * 24 * 3600
CLIENT_TTL_SECONDS: Final = 90 * 24 * 3600
# A revoked client's record stays for a day, so that a repeated removal finds what is left to do.
REVOKED_CLIENT_TTL_SECONDS: Final = 24 * 3600
# A client that has called nothing for so long is removed.
CLIENT_IDLE_SECONDS: Final = 7 * 24 * 3600
# If a sign-in has reached its limit of clients, an idle one gives way sooner: most are closed browser tabs.
SPARE_CLIENT_IDLE_SECONDS: Final = 2 * 3600
IDEMPOTENCY_TTL_SECONDS: Final = 24 * 3600
# The table's indexes, each with the attribute that it is queried by and the one that it is sorted by.
BY_CLIENT: Final = "by-client"
UNPUBLISHED: Final = "untold"  # deployed tables have the index by this name
# Under this value the index has the clients that are being made or removed.
UNFINISHED_CLIENTS: Final = "clients"
BY_SUBJECT: Final = "by-subject"
FAILED: Final = "failed"
# The attribute that puts a job into that index.
FAILED_FOR: Final = "failed_for"
INDEXES: Final = {
    BY_CLIENT: ("client_id", "t_accepted"),
    UNPUBLISHED: ("untold_to", "t_accepted"),
    BY_SUBJECT: ("subject", "created"),
    FAILED: (FAILED_FOR, "t_accepted"),
}
# The item that says how far the sweeper came, and how long it is kept.
SWEEP: Final = "sweep"
SWEEP_TTL_SECONDS: Final = 3600
# Attributes of every SNS message, which the subscriptions' filter policies read.
RESULT_ATTRIBUTES: Final = ("client_id", "algorithm", "status")
# One more, of results that are also told by a callback.
CALLBACK_ATTRIBUTE: Final = "callback_id"


def job(job_id: str) -> str:
    """Return the table key of a job."""
    return f"job#{job_id}"


def job_id(pk: str) -> str:
    """Return the job's id from its table key."""
    return pk.removeprefix(job(""))


def batch(batch_id: str) -> str:
    """Return the table key of a batch."""
    return f"batch#{batch_id}"


def client(client_id: str) -> str:
    """Return the table key of a client's record."""
    return f"client#{client_id}"


def idempotency(client_id: str, key_sha256: str) -> str:
    """Return the table key that binds one client's idempotency key to its job."""
    return f"idempotency#{client_id}#{key_sha256}"


def provision(key_sha256: str) -> str:
    """Return the table key that binds an idempotency key of `POST /provision` to its client."""
    return f"provision#{key_sha256}"


def service_record(algorithm: str) -> str:
    """Return the table key of an algorithm's service record, written by the deployment."""
    return f"route#{algorithm}"


def group(client_id: str, algorithm: str, ordering_key: str) -> str:
    """Return the table key that binds the jobs of one ordering key to one of the algorithm's queues."""
    return f"group#{client_id}#{algorithm}#{ordering_key}"


def poke(algorithm: str) -> str:
    """Return the table key that keeps handlers from poking the scaler for every job."""
    return f"poke#{algorithm}"


def scale(algorithm: str) -> str:
    """Return the table key of what the scaler remembers about an algorithm's service."""
    return f"scale#{algorithm}"


def shard(number: int) -> str:
    """Return the table key that counts the clients of one results topic."""
    return f"shard#{number}"


def message_group(client_id: str, job_id: str, ordering_key: str | None) -> str:
    """Return the message group of a job in its algorithm's queue: the client's own, never shared with another client.

    SQS takes 128 characters; a client's id has 16 and an ordering key at most 64, neither with a colon.
    """
    return f"{client_id}:{ordering_key}" if ordering_key else job_id


def results_prefix(client_id: str, job_id: str) -> str:
    """Return the deterministic prefix in the output bucket of everything that one job makes."""
    return f"results/{client_id}/{job_id}/"


def attempt_prefix(client_id: str, job_id: str, attempt: str) -> str:
    """Return the prefix of one attempt's files: attempts that overlap never write the same key."""
    return f"{results_prefix(client_id, job_id)}{attempt[:8]}/"


def manifest(client_id: str, job_id: str) -> str:
    """Return the key of a job's manifest, the last object written for it."""
    return results_prefix(client_id, job_id) + MANIFEST


def result_dedup_id(job_id: str) -> str:
    """Return the SNS deduplication id of a job's one end."""
    return job_id
