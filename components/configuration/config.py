"""The configuration of a stack: one frozen object, read once. Types, descriptions and defaults are in Pulumi.yaml."""

import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pulumi

from components.configuration import built_page, consistency, ranges, set_keys
from components.configuration.errors import ConfigurationError
from components.configuration.fields import Rule, choice, flag, key, one_of, text, texts, whole
from components.configuration.patterns import (
    BUCKET,
    CERTIFICATE,
    CIDR,
    COLLECTOR,
    DOMAIN,
    HEADERS,
    HOST,
    REGION,
    RETENTION,
    RULES_PER_GROUP,
    SUBNETS,
)
from components.network import NetworkArgs
from components.parts.api_access import ApiAccess
from components.parts.api_limits import ApiLimits
from components.parts.limits import SUBSCRIPTIONS_PER_TOPIC
from components.parts.outward import Outward
from components.parts.pacs_exposure import PacsExposure
from runtime.contracts import shard_topics

# IPv4 or IPv6: only the form is checked here; `admission` checks the values.
ANY_CIDR = rf"{CIDR}|[0-9a-f:]+/\d{{1,3}}"
# A Lambda function's environment holds 4 KB, half of which an earlier release's topics may take.
CALLERS = 20
RANGES = ("pacs_api_allowed_cidrs",)


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """Every key of Pulumi.yaml under its name in snake_case."""

    pacs_bucket: str = text(BUCKET, "the name of an existing S3 bucket")
    pacs_bucket_region: str = text(REGION, "a region such as eu-west-1, or empty")
    pacs_bucket_kms_key_arn: str = text(
        r"(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+)?", "the ARN of a KMS key, or empty"
    )
    pacs_key_pattern: str = text(
        r"(?=.*\{study_id\})(?=.*\{series_id\})(?=.*\{image_id\})[^/].*",
        "a key with {study_id}, {series_id} and {image_id}",
    )
    vpc_id: str = text(r"(vpc-[0-9a-f]+)?", "the id of a VPC, or empty")
    public_subnet_ids: tuple[str, ...] = texts(r"subnet-[0-9a-f]+", SUBNETS)
    private_subnet_ids: tuple[str, ...] = texts(r"subnet-[0-9a-f]+", SUBNETS)
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
    web_folder: str = text(r".+", "a folder")
    web_client_id: str = text(r"\S*", "the id of a client, or empty")
    web_scopes: tuple[str, ...] = texts(r"[\x21\x23-\x5b\x5d-\x7e]+", "scopes such as openid")
    web_sign_in_hosts: tuple[str, ...] = texts(r"([a-z0-9-]+\.)+[a-z]{2,}", "hosts such as login.example.org")
    cors_origins: tuple[str, ...] = texts(r"\*|https?://[^/\s]+", "origins such as https://viewer.example.org")
    callback_hosts: tuple[str, ...] = texts(HOST, "at most 50 hosts such as hooks.example.org", most=50)
    otlp_endpoint: str = text(COLLECTOR, "an address such as https://otlp.example.org, without /v1/traces, or empty")
    otlp_headers: str = text(HEADERS, "name=value, several separated by commas, or empty", hidden=True)
    trace_percent: int = whole(0, 100)
    api_auth: str = choice("open", "jwt", "iam")
    api_jwt_issuer: str = text(r"(https://\S+)?", "an https address, or empty")
    api_jwt_audiences: tuple[str, ...] = texts(r"\S+", "audiences")
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

    @property
    def network(self) -> NetworkArgs:
        """Return the keys about the network."""
        return NetworkArgs(
            nat=self.nat,
            zones=self.availability_zones,
            vpc_id=self.vpc_id,
            public_subnet_ids=self.public_subnet_ids,
            private_subnet_ids=self.private_subnet_ids,
        )

    @property
    def images_bucket(self) -> dict[str, str]:
        """Return the keys about the bucket of images: its name, and its own KMS key."""
        return {"id": self.pacs_bucket, "key_arn": self.pacs_bucket_kms_key_arn}

    @property
    def access(self) -> ApiAccess:
        """Return the keys about who may call the processing API, and under which name."""
        return ApiAccess(
            mode=self.api_auth,
            issuer=self.api_jwt_issuer,
            audiences=self.api_jwt_audiences,
            operators_scope=self.operators_scope,
            domain=self.api_domain_name,
            certificate_arn=self.api_certificate_arn,
            allowed_cidrs=self.api_allowed_cidrs,
        )

    @property
    def limits(self) -> ApiLimits:
        """Return the keys about how much the processing API takes."""
        return ApiLimits(
            rate=self.api_rate_limit,
            burst=self.api_burst_limit,
            open_jobs=self.max_open_jobs,
            clients_per_subject=self.max_clients_per_subject,
            client_idle_days=self.client_idle_days,
            executions=self.lambda_concurrency,
            job_max_age_seconds=self.job_max_age_seconds,
            concurrency=self.lambda_concurrency,
        )

    @property
    def outward(self) -> Outward:
        """Return the keys about whom the stack calls of its own accord."""
        return Outward(
            callback_hosts=self.callback_hosts,
            collector=self.otlp_endpoint,
            collector_headers=self.otlp_headers,
            trace_percent=self.trace_percent,
        )

    @property
    def exposure(self) -> PacsExposure:
        """Return the keys about how the PACS API is reached."""
        return PacsExposure(
            internal=self.pacs_api_internal,
            allowed_cidrs=self.pacs_api_allowed_cidrs,
            domain=self.pacs_api_domain_name,
            certificate_arn=self.pacs_api_certificate_arn,
            site=self.web,
            allow_http=self.pacs_api_allow_http,
        )

    @property
    def page_access(self) -> dict[str, object]:
        """Return what the page's `config.json` says of who may call the APIs, what they may, and where they sign in."""
        may = {
            **({"UPLOADS": True} if self.uploads else {}),
            **({"PATIENT_COLUMNS": True} if self.patient_columns else {}),
        }
        if not self.web_client_id:
            return {"AUTH": self.api_auth, **may}
        scope = " ".join(self.web_scopes)
        return {
            "AUTH": self.api_auth,
            **may,
            "OIDC": {"issuer": self.api_jwt_issuer, "client_id": self.web_client_id, "scope": scope},
            **({"OPERATORS": True} if self.operators_scope else {}),
        }

    @property
    def sign_in(self) -> list[str]:
        """Return the origins that the page speaks to when people sign in."""
        issuer = urlsplit(self.api_jwt_issuer).netloc if self.web_client_id else ""
        return [f"https://{host}" for host in (issuer, *self.web_sign_in_hosts) if host]

    @property
    def page_folder(self) -> Path:
        """Return where the built page is."""
        return built_page.folder(self.web_folder)

    def prebuilt_image(self, name: str) -> str:
        """Return the URI of the prebuilt image `name`, which must be one of the names passed to `load`."""
        return consistency.by_name(self.prebuilt_images)[name]


def load(config: pulumi.Config, images: Iterable[str] = ()) -> Settings:
    """Read the stack's configuration; raise ConfigurationError with every fault.

    `images` are the names of the container images that must be configured if they are prebuilt.
    """
    values, faults = read(config, images)
    if faults:
        raise ConfigurationError(faults)
    return Settings(**values)


def read(config: pulumi.Config, images: Iterable[str] = ()) -> tuple[dict[str, Any], list[str]]:
    """Return the values that could be read, by field, and every fault of the configuration."""
    values: dict[str, Any] = {}
    set_, fields = set_keys.configured(), dataclasses.fields(Settings)
    faults = set_keys.unknown(config.name, set_, [key(field.name) for field in fields])
    unfilled = set_keys.unfilled(set_, config.name)
    for field in fields:
        rule: Rule = field.metadata["rule"]
        raw, name = config.get(key(field.name)), f"{config.name}:{key(field.name)}"
        try:
            if raw is None:
                raise ValueError
            if name not in unfilled:
                values[field.name] = rule.read(raw)
        except (ValueError, KeyError, json.JSONDecodeError):
            shown = "nothing" if raw is None else "hidden" if rule.hidden else repr(raw)
            faults.append(f"{name} is {shown}; it must be {rule.allowed}.")
    faults += unfilled.values()
    for field in RANGES:
        faults += ranges.faults(config.name, field, values.get(field, ()))
    return values, [*faults, *consistency.faults(config.name, values, pulumi.get_stack(), images)]
