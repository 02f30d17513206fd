"""What the API tells of a job that has not ended: its place, its start and its end, each with its uncertainty."""

from pydantic import Field

from runtime.contracts.base import Model


class Span(Model):
    """Between which times something is expected, in milliseconds since the epoch."""

    earliest: int
    latest: int | None = Field(description="null if the job waits for others of its ordering_key")


class Place(Model):
    """The place of a job among those that wait; 1 is the next. SQS does not tell it, so it is between two numbers."""

    least: int = Field(ge=1)
    most: int = Field(ge=1)


class Estimate(Model):
    """What is expected of a job that has not ended, by what its algorithm declares; no promise."""

    as_of: int = Field(description="when its queue was last looked at, in milliseconds since the epoch")
    place: Place | None = Field(description="null once it runs")
    tasks: int | None = Field(description="tasks that ran then; null once the job runs")
    start: Span | None = Field(description="null once it runs")
    end: Span
