"""One algorithm as a service: its queues, its workers and their permissions."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from algorithms.declaration import Algorithm
from components.algorithm.algorithm_queues import AlgorithmQueues, AlgorithmQueuesArgs
from components.cluster import Cluster, placement
from components.encryption import Encryption
from components.jobs_table import JobsTable
from components.network import Network
from components.parts.buckets import ExistingBucket
from components.parts.fargate.service import fargate_service
from components.parts.fargate.task import container, task, task_role
from components.parts.fargate.transforms import keep_permissions, leave_count_to_scaler
from components.parts.fargate.worker_permissions import worker_permissions
from components.parts.metrics import namespace
from components.parts.names import logical_name
from components.parts.tags import algorithm_tags, tagging
from components.results.output_bucket import OutputBucket
from components.results.results_fanout import ResultsFanout
from runtime.contracts.variables import worker_variables


@dataclass(frozen=True, slots=True, kw_only=True)
class AlgorithmServiceArgs:
    """Arguments of an AlgorithmService."""

    algorithm: Algorithm
    """The declaration: name and resources."""
    image: pulumi.Input[str]
    """Container image of the algorithm's distribution."""
    cluster: Cluster
    """Where its tasks run."""
    network: Network
    """The subnets that its tasks are in."""
    jobs_table: JobsTable
    """The jobs table."""
    fanout: ResultsFanout
    """The clients' results topics."""
    topic: aws.sns.Topic
    """The topic of the distribution's results."""
    outputs: OutputBucket
    """Where its results go."""
    encryption: Encryption
    """How its queues are encrypted."""
    pacs_bucket: ExistingBucket
    """Where its inputs are."""
    pacs_key_pattern: str
    """Where an image lies in that bucket."""
    lease_seconds: int
    """How long a worker holds a job without a sign of life."""
    max_attempts: int
    """Number of attempts that a job may have."""
    stop_timeout_seconds: int
    """Seconds that a worker may take to stop."""
    log_retention_days: int
    """Days that its logs are kept."""
    architecture: str
    """CPU of its tasks: ARM64 or X86_64."""
    protect: bool = True
    """Whether the engine refuses to delete its queues."""


class AlgorithmService(pulumi.ComponentResource):
    """Queues, Fargate service at `min_tasks`, role and log group of one algorithm."""

    algorithm: Algorithm
    queues: AlgorithmQueues
    service: awsx.ecs.FargateService
    service_name: pulumi.Output[str]
    role: aws.iam.Role
    topic: aws.sns.Topic

    def __init__(self, name: str, args: AlgorithmServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        tagged = pulumi.ResourceOptions(transformations=[tagging(algorithm_tags(args.algorithm.name))])
        super().__init__("imaging:index:AlgorithmService", name, {}, pulumi.ResourceOptions.merge(opts, tagged))
        child = pulumi.ResourceOptions(parent=self)
        base = logical_name(args.algorithm.name)
        self.algorithm, self.topic, resources = args.algorithm, args.topic, args.algorithm.resources
        self.queues = AlgorithmQueues(
            base,
            AlgorithmQueuesArgs(
                algorithm=args.algorithm.name,
                lease_seconds=args.lease_seconds,
                topic_arn=args.topic.arn,
                encryption=args.encryption,
                protect=args.protect,
            ),
            child,
        )
        logs = aws.cloudwatch.LogGroup(f"{name}-logs", retention_in_days=args.log_retention_days, opts=child)
        self.role, allowed = task_role(f"{name}-task", self._permissions(args), self)
        worker = container(
            "worker",
            image=args.image,
            command=["python", "-m", "runtime.worker"],
            environment=self._environment(args),
            stop_timeout=args.stop_timeout_seconds,
            logs=logs,
            health=["python", "-m", "runtime.worker.health"],
            # An init process would show the way to the task's credentials to the algorithm; the fork server reaps.
            init=False,
        )
        self.service = fargate_service(
            name,
            cluster=args.cluster.cluster,
            tasks=resources.min_tasks,
            capacity_provider_strategies=placement(spot=resources.spot),
            force_new_deployment=True,  # or another placement would replace the service
            subnets=args.network.private_subnet_ids,
            group=args.network.task_group,
            public=False,
            task_definition_args=task(
                worker,
                vcpu=resources.vcpu,
                memory_mib=resources.memory_mib,
                role=self.role,
                architecture=args.architecture,
            ),
            opts=pulumi.ResourceOptions(
                parent=self,
                # the queues, because nobody gets what a task publishes before the subscription exists
                depends_on=[args.cluster.capacity, self.queues, allowed],
                transforms=[leave_count_to_scaler, *([keep_permissions] if args.protect else [])],
            ),
        )
        self.service_name = self.service.service.apply(lambda service: service.name)
        self.register_outputs({"requestsUrl": self.queues.requests.url, "resultsUrl": self.queues.results.url})

    def _environment(self, args: AlgorithmServiceArgs) -> dict[str, pulumi.Input[str]]:
        return {
            worker_variables.ALGORITHM: args.algorithm.name,
            worker_variables.REQUESTS_QUEUE_URL: self.queues.requests.url,
            worker_variables.OVERFLOW_QUEUE_URL: self.queues.overflow.url,
            worker_variables.TABLE_NAME: args.jobs_table.table.name,
            worker_variables.OUTPUT_BUCKET: args.outputs.bucket.id,
            worker_variables.PACS_BUCKET: args.pacs_bucket.id,
            worker_variables.PACS_KEY_PATTERN: args.pacs_key_pattern,
            **args.fanout.environment,
            worker_variables.DISTRIBUTION_TOPIC_ARN: args.topic.arn,
            worker_variables.LEASE_SECONDS: str(args.lease_seconds),
            worker_variables.MAX_ATTEMPTS: str(args.max_attempts),
            worker_variables.STOP_TIMEOUT_SECONDS: str(args.stop_timeout_seconds),
            worker_variables.METRICS_NAMESPACE: namespace(),
        }

    def _permissions(self, args: AlgorithmServiceArgs) -> list[dict[str, object]]:
        return worker_permissions(
            queue_arns=[queue.arn for queue in self.queues.received],
            shard_resources=args.fanout.shard_resources,
            topic_arn=args.topic.arn,
            table_arn=args.jobs_table.table.arn,
            output_bucket_arn=args.outputs.bucket.arn,
            inputs=args.pacs_bucket.reading(),
            cluster=args.cluster.cluster,
            key_arn=args.encryption.key_arn,
        )
