"""Whether the parts of a result, as a worker stored or published them, can be handed to its client."""

from typing import Any, cast

from runtime.contracts import keys


def are_times(value: Any) -> bool:
    """Return whether a value is the hops of a result."""
    return isinstance(value, dict) and all(type(each) is int for each in cast("dict[str, Any]", value).values())


def are_outputs(value: Any, client_id: str, job_id: str) -> bool:
    """Return whether a value is the outputs of this job.

    Whoever could write a foreign key into a result would be handed an address that reads it.
    """
    own = keys.results_prefix(client_id, job_id)
    return isinstance(value, list) and all(
        isinstance(each, dict) and str(cast("dict[str, Any]", each).get("key", "")).startswith(own)
        for each in cast("list[Any]", value)
    )
