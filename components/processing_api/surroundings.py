"""What the handlers' permissions are about."""

from components.functions.callbacks import Callbacks
from components.functions.scaler import Scaler
from components.functions.traces import Traces
from components.parts.handlers.surroundings import Surroundings
from components.parts.names import client_queue_prefix
from components.parts.tags import stack_tags
from components.processing_api.args import ProcessingApiArgs


def surroundings(
    args: ProcessingApiArgs,
    region: str,
    account: str,
    scaler: Scaler,
    callbacks: Callbacks | None,
    traces: Traces | None,
) -> Surroundings:
    """Return the resources that the handlers use."""
    return Surroundings(
        table_arn=args.jobs_table.table.arn,
        bucket_arn=args.outputs.bucket.arn,
        shards=args.fanout.shard_resources,
        request_queue_arns=[queue.arn for service in args.services.values() for queue in service.queues.received],
        dead_letter_arns=[service.queues.dead_letters.arn for service in args.services.values()],
        client_queues_arn=f"arn:aws:sqs:{region}:{account}:{client_queue_prefix()}*",
        any_queue_arn=f"arn:aws:sqs:{region}:{account}:*",
        own_tags=stack_tags(""),
        services_arn=scaler.services_arn,
        cluster_arn=args.cluster.cluster.arn,
        scaler_arn=scaler.function.function.arn,
        callbacks_arn=callbacks.table.arn if callbacks else None,
        traces_arn=traces.queue.arn if traces else None,
        key_arn=args.encryption.key_arn,
    )
