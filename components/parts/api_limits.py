"""The limits of the processing API: calls, jobs of one client, clients of one sign-in, age of a job."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiLimits:
    """The limits of a stack, each a key of its configuration."""

    rate: int
    """Requests a second on average."""
    burst: int
    """Requests at once."""
    open_jobs: int
    """Jobs of one client that have not ended."""
    clients_per_subject: int
    """Clients of one sign-in."""
    client_idle_days: int
    """Days without a call after which a client is removed."""
    job_max_age_seconds: int
    """Seconds after its acceptance in which a job ends in any case."""
