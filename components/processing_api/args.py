"""What a processing API is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.algorithm.algorithm_service import AlgorithmService
from components.cluster import Cluster
from components.encryption import Encryption
from components.jobs_table import JobsTable
from components.network import Network
from components.parts.api.access import ApiAccess
from components.parts.api.limits import ApiLimits
from components.parts.outward import Outward
from components.results.output_bucket import OutputBucket
from components.results.results_fanout import ResultsFanout


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingApiArgs:
    """Arguments of a ProcessingApi."""

    bundle: str
    """Path of the zip with all handlers."""
    jobs_table: JobsTable
    """The jobs table."""
    outputs: OutputBucket
    """Where results are, to sign their URLs."""
    fanout: ResultsFanout
    """The results topics: shards, on which clients are placed, and those of the distributions."""
    services: Mapping[str, AlgorithmService]
    """The algorithms' services by name."""
    cluster: Cluster
    """Where the services run."""
    url_seconds: int
    """How long a presigned URL is valid."""
    cors_origins: Sequence[pulumi.Input[str]]
    """Origins of pages that may call the API."""
    access: ApiAccess
    """Who may call it at all, before the client's token is checked, and under which name."""
    encryption: Encryption
    """How queues and topics are encrypted."""
    limits: ApiLimits
    """How much it takes."""
    outward: Outward
    """Whom the stack calls of its own accord."""
    network: Network
    """Where the stack's collector of traces is called from."""
    log_retention_days: int
    """Days that logs are kept."""
    architecture: str
    """CPU of the functions: ARM64 or X86_64."""
