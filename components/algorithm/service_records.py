"""The service records, by which the router finds each algorithm's queue: made last and deleted first."""

import json
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from algorithms.shares import fair_groups, fair_share
from components.jobs_table import JobsTable
from components.monitoring.alarms import Alarms
from components.parts.names import logical_name
from components.processing_api import ProcessingApi
from runtime.contracts import items, keys


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRecordsArgs:
    """Arguments of ServiceRecords."""

    jobs_table: JobsTable
    """The jobs table, in which the router reads the records."""
    api: ProcessingApi
    """The processing API and the services that it sends jobs to."""
    alarms: Alarms
    """The alarms of the services."""
    protect: bool = True
    """Whether the engine refuses to delete a record, and then deletes nothing of its algorithm."""


class ServiceRecords(pulumi.ComponentResource):
    """One service record in the jobs table for each algorithm."""

    def __init__(self, name: str, args: ServiceRecordsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:JobRoutes", name, {}, opts)
        for algorithm, service in args.api.services.items():
            values = pulumi.Output.all(
                pk=keys.service_record(algorithm),
                queue_url=service.queues.requests.url,
                overflow_queue_url=service.queues.overflow.url,
                fair_share=fair_share(service.algorithm.resources),
                fair_groups=fair_groups(service.algorithm.resources),
                results_queue_url=service.queues.results.url,
                distribution_topic_arn=service.topic.arn,
                cluster=args.api.cluster.cluster.name,
                service=service.service_name,
            )
            aws.dynamodb.TableItem(
                f"{logical_name(algorithm)}-service-route",
                table_name=args.jobs_table.table.name,
                hash_key="pk",
                item=values.apply(_item),
                opts=pulumi.ResourceOptions(
                    parent=self,
                    protect=args.protect,
                    # The engine also keeps everything that a protected resource depends on.
                    depends_on=[service, args.api, args.alarms],
                    aliases=[pulumi.Alias(parent=service)],
                ),
            )
        self.register_outputs({})


def _item(values: dict[str, str | int]) -> str:
    return json.dumps(items.pack(values), sort_keys=True)
