"""The whole system of one stack: read it from top to bottom."""

from functools import partial
from pathlib import Path

import pulumi
import pulumi_aws as aws

from components.algorithm.algorithm_service import AlgorithmService, AlgorithmServiceArgs
from components.algorithm.service_records import ServiceRecords, ServiceRecordsArgs
from components.cluster import Cluster
from components.container_image import ContainerImage, ContainerImageArgs
from components.encryption import Encryption, EncryptionArgs
from components.jobs_table import JobsTable, JobsTableArgs
from components.monitoring.alarms import Alarms, AlarmsArgs
from components.monitoring.dashboard import Dashboard, DashboardArgs
from components.network import Network
from components.pacs.pacs_api import PacsApi, PacsApiArgs
from components.parts.buckets import ExistingBucket
from components.parts.names import image_name, logical_name
from components.parts.needless_work import spare_needless_work
from components.parts.tags import stack_tags, tagging
from components.preflight.check import checked
from components.processing_api import ProcessingApi, ProcessingApiArgs
from components.results.output_bucket import OutputBucket
from components.results.output_cors import OutputCors, OutputCorsArgs
from components.results.results_fanout import ResultsFanout, ResultsFanoutArgs
from components.web.web_page import WebPage, WebPageArgs
from components.web.web_site import WebSite, WebSiteArgs
from runtime.bundle import build
from runtime.containers import PLATFORM, build_context

spare_needless_work()
registry, settings = checked(pulumi.Config(), PLATFORM)
pulumi.runtime.register_stack_transformation(tagging(stack_tags(settings.cost_centre)))
bundle = build(registry, Path("build/bundle"))
network = Network("network", settings.network)
cluster = Cluster("cluster")
table = JobsTable("jobs", JobsTableArgs(recovery=settings.point_in_time_recovery, protect=settings.protect_data))
encryption = Encryption("encryption", EncryptionArgs(mode=settings.encryption))
fanout_args = partial(ResultsFanoutArgs, shards=settings.result_shards, distributions=registry.distributions)
fanout = ResultsFanout("results", fanout_args(jobs_table=table, encryption=encryption))
outputs = OutputBucket("outputs", settings.outputs)
pacs_bucket = ExistingBucket(**settings.images_bucket, partition=aws.get_partition().partition)


def container_image(distribution: str, extra: str) -> pulumi.Output[str]:
    """Build the container image of an installed distribution, or take the prebuilt one."""
    name = image_name(distribution, extra)
    arguments = partial(ContainerImageArgs, architecture=settings.cpu_architecture)
    if settings.images == "prebuilt":
        return ContainerImage(name, arguments(prebuilt=settings.prebuilt_image(name))).uri
    context = build_context(distribution, extra, Path("build/images"))
    return ContainerImage(name, arguments(context=str(context.folder), tag=context.tag)).uri


container_images = {distribution: container_image(distribution, "worker") for distribution in registry.distributions}
services = {
    name: AlgorithmService(
        f"{logical_name(name)}-service",
        AlgorithmServiceArgs(
            algorithm=registered.algorithm,
            image=container_images[registered.distribution],
            cluster=cluster,
            network=network,
            jobs_table=table,
            fanout=fanout,
            topic=fanout.distributions[registered.distribution],
            outputs=outputs,
            encryption=encryption,
            pacs_bucket=pacs_bucket,
            pacs_key_pattern=settings.pacs_key_pattern,
            lease_seconds=settings.lease_seconds,
            max_attempts=settings.max_attempts,
            stop_timeout_seconds=settings.stop_timeout_seconds,
            log_retention_days=settings.log_retention_days,
            architecture=settings.cpu_architecture,
            protect=settings.protect_queues,
        ),
    )
    for name, registered in registry.items()
}
api = ProcessingApi(
    "processing-api",
    ProcessingApiArgs(
        bundle=str(bundle),
        jobs_table=table,
        outputs=outputs,
        fanout=fanout,
        services=services,
        cluster=cluster,
        url_seconds=settings.url_seconds,
        cors_origins=settings.cors_origins,
        access=settings.access,
        encryption=encryption,
        outward=settings.outward,
        network=network,
        limits=settings.limits,
        log_retention_days=settings.log_retention_days,
        architecture=settings.cpu_architecture,
    ),
)
pacs = PacsApi(
    "pacs-api",
    PacsApiArgs(
        image=container_image(PLATFORM, "pacs"),
        cluster=cluster,
        network=network,
        pacs_bucket=pacs_bucket,
        pacs_key_pattern=settings.pacs_key_pattern,
        processing_api=api.endpoint,
        access=settings.access,
        **settings.pacs_callers,
        tasks=settings.pacs_api_tasks,
        exposure=settings.exposure,
        cors_origins=settings.cors_origins,
        log_retention_days=settings.log_retention_days,
        stop_timeout_seconds=settings.stop_timeout_seconds,
        architecture=settings.cpu_architecture,
    ),
)
alarms_args = AlarmsArgs(api=api, pacs=pacs, fanout=fanout, encryption=encryption, email=settings.alarm_email)
alarms = Alarms("alarms", alarms_args)
Dashboard("dashboard", DashboardArgs(api=api, pacs=pacs))
ServiceRecords("routes", ServiceRecordsArgs(jobs_table=table, api=api, alarms=alarms, protect=settings.protect_queues))
pacs_url, origins = pacs.balancer.url, list[pulumi.Input[str]](settings.cors_origins)
if settings.web:
    web = WebSite("web", WebSiteArgs(api=api.api, pacs=pacs.balancer, outputs=outputs.origin, sign_in=settings.sign_in))
    WebPage("page", WebPageArgs(bucket=web.bucket, folder=settings.page_folder, access=settings.page_access))
    pulumi.export("WebUrl", web.url)
    pacs_url = pacs.balancer.url if settings.pacs_api_domain_name else web.pacs_url
    origins += [] if "*" in settings.cors_origins else [web.url]
if origins:
    OutputCors("outputs-cors", OutputCorsArgs(bucket=outputs.bucket, origins=origins))
if api.domain_target:
    pulumi.export("ProcessingApiDomainTarget", api.domain_target)
if settings.pacs_api_domain_name:
    pulumi.export("PacsApiDomainTarget", pacs.balancer.dns_name)
pulumi.export("ProcessingApiEndpoint", api.endpoint)
pulumi.export("OperatorsResource", api.operators_resource)
pulumi.export("PacsApiLB", pacs_url)
pulumi.export("ImageResultsTopicArn", fanout.shard_arns[0])
pulumi.export("ImageResultsTopicArns", fanout.shard_arns)
pulumi.export("AlarmsTopicArn", alarms.topic.arn)
pulumi.export("JobsTable", table.table.name)
pulumi.export("OutputBucket", outputs.bucket.id)
pulumi.export("PacsBucket", pacs_bucket.id)
pulumi.export("RequestQueues", {name: service.queues.requests.url for name, service in services.items()})
pulumi.export("ResultQueues", {name: service.queues.results.url for name, service in services.items()})
