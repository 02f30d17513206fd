"""The configuration of a stack: one frozen object, read once. Types, descriptions and defaults are in Pulumi.yaml."""

import dataclasses
import json
import re
from typing import cast
from urllib.parse import urlsplit

import pulumi

from components.api_access import ApiAccess
from components.fields import Rule, choice, flag, one_of, text, texts, whole
from components.network import NetworkArgs

RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
CIDR = r"\d{1,3}(\.\d{1,3}){3}/\d{1,2}"
CERTIFICATE = r"(arn:aws[a-z-]*:acm:.+)?"
SUBNETS = "subnet ids"
# An API that asks for nothing but a client's own token, which it hands out itself, is for development.
OPEN_STACKS = r"dev(-.*)?"
# What a security group takes; the load balancer's has one rule for each address range.
RULES_PER_GROUP = 60


class ConfigurationError(pulumi.RunError):
    """Everything that is wrong with a stack's configuration, in one message."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("The stack's configuration cannot be used:\n" + "\n".join(f"  - {fault}" for fault in faults))


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """Every key of Pulumi.yaml under its name in snake_case."""

    pacs_bucket: str = text(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of an existing S3 bucket")
    pacs_key_pattern: str = text(
        r"(?=.*\{study_id\})(?=.*\{series_id\})(?=.*\{image_id\})[^/].*",
        "a key with {study_id}, {series_id} and {image_id}",
    )
    vpc_id: str = text(r"(vpc-[0-9a-f]+)?", "the id of a VPC, or empty")
    public_subnet_ids: tuple[str, ...] = texts(r"subnet-[0-9a-f]+", SUBNETS)
    private_subnet_ids: tuple[str, ...] = texts(r"subnet-[0-9a-f]+", SUBNETS)
    availability_zones: int = whole(2, 4)
    nat: str = choice("none", "single", "one-per-az")
    result_shards: int = whole(1, 24)  # more ARNs than that do not fit a Lambda function's 4 KB of environment
    lease_seconds: int = whole(2, 900)
    max_attempts: int = whole(1, 20)
    stop_timeout_seconds: int = whole(1, 120)
    url_seconds: int = whole(60, 43200)
    output_expiry_days: int = whole(1, 3650)
    log_retention_days: int = one_of(*RETENTION)
    point_in_time_recovery: bool = flag()
    protect_data: bool = flag()
    protect_queues: bool = flag()
    encryption: str = choice("sqs", "kms")
    cost_centre: str = text(r"[\w .:/=+@-]{0,256}", "a tag value of at most 256 characters, or empty")
    alarm_email: str = text(r"([^@\s]+@[^@\s]+)?", "a mail address, or empty")
    web: bool = flag()
    web_client_id: str = text(r"\S*", "the id of a client, or empty")
    web_scopes: tuple[str, ...] = texts(r"[\x21\x23-\x5b\x5d-\x7e]+", "scopes such as openid")
    web_sign_in_hosts: tuple[str, ...] = texts(r"([a-z0-9-]+\.)+[a-z]{2,}", "hosts such as login.example.org")
    cors_origins: tuple[str, ...] = texts(r"\*|https?://[^/\s]+", "origins such as https://viewer.example.org")
    api_auth: str = choice("open", "jwt", "iam")
    api_jwt_issuer: str = text(r"(https://\S+)?", "an https address, or empty")
    api_jwt_audiences: tuple[str, ...] = texts(r"\S+", "audiences")
    api_domain_name: str = text(r"([a-z0-9-]+\.)+[a-z]{2,}|", "a domain such as imaging.example.org, or empty")
    api_certificate_arn: str = text(CERTIFICATE, "the ARN of an ACM certificate, or empty")
    api_rate_limit: int = whole(1, 10000)
    api_burst_limit: int = whole(1, 5000)
    pacs_api_tasks: int = whole(1, 50)
    pacs_api_internal: bool = flag()
    pacs_api_allowed_cidrs: tuple[str, ...] = texts(
        CIDR, f"at most {RULES_PER_GROUP} address ranges such as 10.0.0.0/8", most=RULES_PER_GROUP
    )
    pacs_api_certificate_arn: str = text(CERTIFICATE, "the ARN of an ACM certificate, or empty")
    pacs_api_allow_http: bool = flag()
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
    def access(self) -> ApiAccess:
        """Return the keys about who may call the processing API, and under which name."""
        return ApiAccess(
            mode=self.api_auth,
            issuer=self.api_jwt_issuer,
            audiences=self.api_jwt_audiences,
            domain=self.api_domain_name,
            certificate_arn=self.api_certificate_arn,
        )

    @property
    def page_access(self) -> dict[str, object]:
        """Return what the page is told of who may call the processing API, and where people sign in."""
        if not self.web_client_id:
            return {"AUTH": self.api_auth}
        scope = " ".join(self.web_scopes)
        return {
            "AUTH": self.api_auth,
            "OIDC": {"issuer": self.api_jwt_issuer, "client_id": self.web_client_id, "scope": scope},
        }

    @property
    def page_hosts(self) -> list[str]:
        """Return the hosts that the page speaks to beside the region's APIs and buckets."""
        issuer = urlsplit(self.api_jwt_issuer).netloc if self.web_client_id else ""
        return [host for host in (self.api_domain_name, issuer, *self.web_sign_in_hosts) if host]

    def prebuilt_image(self, name: str) -> str:
        """Return the prebuilt image called `name`; raise ConfigurationError where there is none."""
        known = dict(entry.split("=", 1) for entry in self.prebuilt_images)
        if name not in known:
            raise ConfigurationError([f"prebuiltImages has no entry for {name!r}; it names {', '.join(known)}."])
        return known[name]


def key(field: str) -> str:
    """Return a field's key in the configuration."""
    head, *rest = field.split("_")
    return head + "".join(part.capitalize() for part in rest)


def load(config: pulumi.Config) -> Settings:
    """Read the stack's configuration; raise ConfigurationError with every fault."""
    values: dict[str, object] = {}
    faults: list[str] = []
    for field in dataclasses.fields(Settings):
        rule: Rule = field.metadata["rule"]
        raw = config.get(key(field.name))
        try:
            if raw is None:
                raise ValueError
            values[field.name] = rule.read(raw)
        except (ValueError, KeyError, json.JSONDecodeError):
            shown = "nothing" if raw is None else repr(raw)
            faults.append(f"{config.name}:{key(field.name)} is {shown}; it must be {rule.allowed}.")
    faults += _together(config.name, values)
    faults += _access(config.name, values, pulumi.get_stack())
    if faults:
        raise ConfigurationError(faults)
    return Settings(**values)  # pyright: ignore[reportArgumentType] - each value came from its own field's rule


def _together(project: str, values: dict[str, object]) -> list[str]:
    """Return what is wrong between keys that are right by themselves."""
    faults: list[str] = []
    for subnets, least in (("public_subnet_ids", 2), ("private_subnet_ids", 1)):
        given = values.get(subnets)
        if values.get("vpc_id") and isinstance(given, tuple) and len(given) < least:  # pyright: ignore
            faults.append(f"{project}:vpcId is set; then {project}:{key(subnets)} must name at least {least}.")
        if values.get("vpc_id") == "" and given:
            faults.append(f"{project}:{key(subnets)} is set; then {project}:vpcId must name their VPC.")
    if values.get("pacs_api_certificate_arn") == "" and values.get("pacs_api_allow_http") is False:
        faults.append(
            f"{project}:pacsApiCertificateArn is empty; give a certificate, or set {project}:pacsApiAllowHttp to true "
            "to serve images over plain HTTP."
        )
    if values.get("images") == "prebuilt" and values.get("prebuilt_images") == ():
        faults.append(f"{project}:images is 'prebuilt'; then {project}:prebuiltImages must name the images.")
    return faults


def _access(project: str, values: dict[str, object], stack: str) -> list[str]:
    """Return what is wrong with who may call the processing API, and under which name."""
    faults: list[str] = []
    mode = values.get("api_auth")
    if mode == "open" and not re.fullmatch(OPEN_STACKS, stack):
        faults.append(
            f"{project}:apiAuth is 'open', so anybody on the internet could become a client of stack {stack!r}; only a "
            "stack called dev, or dev- and more, may be open. Use jwt or iam."
        )
    wanted = {"api_jwt_issuer": "", "api_jwt_audiences": ()}
    for field, empty in wanted.items():
        if mode == "jwt" and values.get(field) == empty:
            faults.append(f"{project}:apiAuth is 'jwt'; then {project}:{key(field)} must be given.")
        if mode in ("open", "iam") and values.get(field, empty) != empty:
            faults.append(f"{project}:{key(field)} is set; then {project}:apiAuth must be jwt, and it is {mode!r}.")
    if mode in ("open", "iam") and values.get("web_client_id"):
        faults.append(f"{project}:webClientId is set; then {project}:apiAuth must be jwt, and it is {mode!r}.")
    if values.get("web_client_id") and "openid" not in cast("tuple[str, ...]", values.get("web_scopes", ("openid",))):
        faults.append(f"{project}:webClientId is set; then {project}:webScopes must name openid.")
    if bool(values.get("api_domain_name")) != bool(values.get("api_certificate_arn")):
        faults.append(f"{project}:apiDomainName and {project}:apiCertificateArn must be given together.")
    return faults
