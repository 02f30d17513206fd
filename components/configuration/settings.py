"""The configuration of a stack: one frozen object, in the groups that the components take."""

import dataclasses
from pathlib import Path
from urllib.parse import urlsplit

from components.configuration import built_page, consistency
from components.configuration.keys import Keys
from components.network import NetworkArgs
from components.parts.api.access import ApiAccess
from components.parts.api.limits import ApiLimits
from components.parts.outward import Outward
from components.parts.pacs_exposure import PacsExposure
from components.results.output_bucket import OutputBucketArgs


@dataclasses.dataclass(frozen=True, slots=True)
class Settings(Keys):
    """Every key of Pulumi.yaml, and groups of them."""

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
    def outputs(self) -> OutputBucketArgs:
        """Return the keys about how long outputs are kept."""
        return OutputBucketArgs(expiry_days=self.output_expiry_days, protect=self.protect_data)

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
    def pacs_callers(self) -> dict[str, bool]:
        """Return the keys about what callers of the PACS API may store and see."""
        return {"uploads": self.uploads, "patient_columns": self.patient_columns}

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
