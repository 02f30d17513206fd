"""The names of a worker's environment variables: the program sets them in the task, the worker reads them.

Plain Python, without anything of the runtime but its contracts.
"""

from typing import Final

from runtime.contracts import shard_topics

ALGORITHM: Final = "ALGORITHM"
REQUESTS_QUEUE_URL: Final = "REQUESTS_QUEUE_URL"
OVERFLOW_QUEUE_URL: Final = "OVERFLOW_QUEUE_URL"
TABLE_NAME: Final = "TABLE_NAME"
OUTPUT_BUCKET: Final = "OUTPUT_BUCKET"
PACS_BUCKET: Final = "PACS_BUCKET"
PACS_KEY_PATTERN: Final = "PACS_KEY_PATTERN"
RESULTS_TOPIC_PREFIX: Final = shard_topics.PREFIX
RESULT_SHARDS: Final = shard_topics.COUNT
RESULTS_TOPIC_ARNS: Final = shard_topics.NAMED
DISTRIBUTION_TOPIC_ARN: Final = "DISTRIBUTION_TOPIC_ARN"
LEASE_SECONDS: Final = "LEASE_SECONDS"
MAX_ATTEMPTS: Final = "MAX_ATTEMPTS"
STOP_TIMEOUT_SECONDS: Final = "STOP_TIMEOUT_SECONDS"
METRICS_NAMESPACE: Final = "METRICS_NAMESPACE"
# These have defaults, which the program does not change.
POLL_SECONDS: Final = "POLL_SECONDS"
PATIENCE_SECONDS: Final = "PATIENCE_SECONDS"
# Set by ECS.
ECS_AGENT_URI: Final = "ECS_AGENT_URI"
