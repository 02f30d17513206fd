"""What a worker calls of AWS, made from its settings: the same time-outs hold for all of it."""

from dataclasses import dataclass

from runtime import aws
from runtime.archive import Archive
from runtime.worker.aws.earlier_outputs import EarlierOutputs
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.results_topics import ResultsTopics
from runtime.worker.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """The queues, the jobs table, the output bucket, the results topics, and where inputs come from."""

    queue: RequestsQueue
    table: JobsTable
    bucket: OutputBucket
    topics: ResultsTopics
    archive: Archive
    earlier: EarlierOutputs


def connect(settings: Settings) -> Services:
    """Make them; no call is made yet."""
    silence = settings.silence_seconds
    queue = RequestsQueue(
        aws.boto3_client("sqs", silence),
        settings.requests_queue_url,
        settings.lease_seconds,
        settings.receive_seconds,
        overflow_url=settings.overflow_queue_url,
        polling=aws.boto3_client("sqs", silence + settings.receive_seconds),
    )
    bucket = OutputBucket(aws.boto3_client("s3", silence), settings.output_bucket)
    return Services(
        queue=queue,
        table=JobsTable(aws.boto3_client("dynamodb", silence), settings.table_name),
        bucket=bucket,
        topics=ResultsTopics(aws.boto3_client("sns", silence), settings.shards, settings.distribution_topic_arn),
        archive=Archive(aws.boto3_client("s3", silence), settings.pacs_bucket, settings.pacs_key_pattern),
        earlier=EarlierOutputs(aws.boto3_client("s3", silence), bucket),
    )
