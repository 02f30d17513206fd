"""The keys of a stack's configuration, and what each may be. Types, descriptions and defaults are in Pulumi.yaml."""

import dataclasses
from typing import Any

from components.configuration.fields import choice, flag, one_of, text, texts, whole
from components.configuration.patterns import (
    AUDIENCES,
    BUCKET,
    CERTIFICATE,
    CIDR,
    COLLECTOR,
    DOMAIN,
    HEADERS,
    HOST,
    ISSUER,
    KEY_PATTERN,
    NAME,
    ORIGIN,
    REGION,
    RETENTION,
    RULES_PER_GROUP,
    SUBNETS_PER_SERVICE,
)
from components.parts.limits import SUBSCRIPTIONS_PER_TOPIC
from runtime.contracts import shard_topics

# IPv4 or IPv6: only the form is checked here; `admission` checks the values.
ANY_CIDR = rf"{CIDR}|[0-9a-f:]+/[0-9]{{1,3}}"
# A Lambda function's environment holds 4 KB, half of which an earlier release's topics may take.
CALLERS = 20


def _subnets() -> Any:
    return texts(r"subnet-[0-9a-f]+", f"at most {SUBNETS_PER_SERVICE} subnet ids", most=SUBNETS_PER_SERVICE)


@dataclasses.dataclass(frozen=True, slots=True)
class Keys:
    """Every key of Pulumi.yaml under its name in snake_case."""

    pacs_bucket: str = text(BUCKET, "the name of an existing S3 bucket")
    pacs_bucket_region: str = text(REGION, "a region such as eu-west-1, or empty")
    pacs_bucket_kms_key_arn: str = text(
        r"(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)?", "the ARN of a KMS key, or empty"
    )
    pacs_key_pattern: str = text(
        KEY_PATTERN, "a key with {study_id}, {series_id} and {image_id} in this order, a slash between each two"
    )
    vpc_id: str = text(r"(vpc-[0-9a-f]+)?", "the id of a VPC, or empty")
    public_subnet_ids: tuple[str, ...] = _subnets()
    private_subnet_ids: tuple[str, ...] = _subnets()
    availability_zones: int = whole(2, 4)
    nat: str = choice("none", "single", "one-per-az")
    result_shards: int = whole(1, shard_topics.MOST)
    lease_seconds: int = whole(2, 900)
    max_attempts: int = whole(1, 20)
    job_max_age_seconds: int = whole(600, 604_800)  # half of what the table keeps a job
    stop_timeout_seconds: int = whole(2, 120)  # ECS takes no more, the worker no less
    url_seconds: int = whole(60, 21600)  # no longer than the credentials that sign may live
    output_expiry_days: int = whole(1, 3650)
    log_retention_days: int = one_of(*RETENTION)
    point_in_time_recovery: bool = flag()
    protect_data: bool = flag()
    protect_queues: bool = flag()
    encryption: str = choice("sqs", "kms")
    cost_centre: str = text(r"[\w .:/=+@-]{0,255}", "a tag value of at most 255 characters, or empty")
    alarm_email: str = text(r"([^@\s]+@[^@\s]+)?", "a mail address, or empty")
    web: bool = flag()
    web_folder: str = text(r".{1,200}", "a folder, in at most 200 characters")
    web_client_id: str = text(r"\S*", "the id of a client, or empty")
    web_scopes: tuple[str, ...] = texts(r"[\x21\x23-\x5b\x5d-\x7e]+", "scopes such as openid")
    web_sign_in_hosts: tuple[str, ...] = texts(NAME, "hosts such as login.example.org")
    cors_origins: tuple[str, ...] = texts(ORIGIN, "origins such as https://viewer.example.org, or *")
    callback_hosts: tuple[str, ...] = texts(HOST, "at most 50 hosts such as hooks.example.org", most=50)
    otlp_endpoint: str = text(COLLECTOR, "an address such as https://otlp.example.org, without /v1/traces, or empty")
    otlp_headers: str = text(HEADERS, "name=value, several separated by commas, or empty", hidden=True)
    trace_percent: int = whole(0, 100)
    api_auth: str = choice("open", "jwt", "iam")
    api_jwt_issuer: str = text(ISSUER, "an https address without a query, or empty")
    api_jwt_audiences: tuple[str, ...] = texts(r"\S+", f"at most {AUDIENCES} audiences", most=AUDIENCES)
    operators_scope: str = text(r"[\x21\x23-\x5b\x5d-\x7e]*", "a scope such as imaging/operate, or empty")
    api_allowed_cidrs: tuple[str, ...] = texts(
        ANY_CIDR, f"at most {CALLERS} address ranges such as 192.0.2.0/24 or 2001:db8::/48", most=CALLERS
    )
    api_domain_name: str = text(DOMAIN, "a domain such as imaging.example.org, or empty")
    api_certificate_arn: str = text(CERTIFICATE, "the ARN of an ACM certificate, or empty")
    api_rate_limit: int = whole(1, 10000)
    api_burst_limit: int = whole(1, 5000)
    max_open_jobs: int = whole(1, 10_000)
    client_idle_days: int = whole(1, 90)  # the table keeps a client no longer
    max_clients_per_subject: int = whole(1, SUBSCRIPTIONS_PER_TOPIC * shard_topics.MOST)
    lambda_concurrency: int = whole(10, 100000)
    pacs_api_tasks: int = whole(1, 50)
    pacs_api_internal: bool = flag()
    pacs_api_allowed_cidrs: tuple[str, ...] = texts(
        CIDR, f"at most {RULES_PER_GROUP} address ranges such as 10.0.0.0/8", most=RULES_PER_GROUP
    )
    pacs_api_domain_name: str = text(DOMAIN, "a domain such as pacs.example.org, or empty")
    pacs_api_certificate_arn: str = text(CERTIFICATE, "the ARN of an ACM certificate, or empty")
    pacs_api_allow_http: bool = flag()
    uploads: bool = flag()
    patient_columns: bool = flag()
    images: str = choice("build", "prebuilt")
    prebuilt_images: tuple[str, ...] = texts(r"[A-Za-z0-9._-]+=\S+", "entries name=image-uri")
    cpu_architecture: str = choice("ARM64", "X86_64")
