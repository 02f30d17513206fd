"""How the PACS API is reached: by whom, from where and under which name."""

from collections.abc import Sequence
from dataclasses import dataclass

HTTP, HTTPS = 80, 443


@dataclass(frozen=True, slots=True, kw_only=True)
class PacsExposure:
    """How the PACS API is reached."""

    internal: bool = True
    """Whether the load balancer is reachable from inside the VPC only."""
    allowed_cidrs: Sequence[str] = ()
    """Address ranges that may reach the load balancer."""
    domain: str = ""
    """A domain of one's own to serve it under by HTTPS, such as pacs.example.org."""
    certificate_arn: str = ""
    """The domain's ACM certificate, in the load balancer's region."""
    site: bool = False
    """Whether CloudFront may reach it, to serve it beside the page."""
    allow_http: bool = False
    """Serve plain HTTP to `allowed_cidrs` if there is neither a page nor a domain."""

    def __post_init__(self) -> None:
        if bool(self.domain) != bool(self.certificate_arn):
            raise ValueError("domain and certificate_arn must be given together")
        if self.site and not self.internal:
            raise ValueError("site needs internal: CloudFront reaches an internal load balancer alone")
        if not (self.domain or self.site or self.allow_http):
            raise ValueError("give domain and certificate_arn, or set allow_http to serve images over plain HTTP")

    @property
    def direct(self) -> bool:
        """Return whether `allowed_cidrs` call the load balancer itself."""
        return bool(self.domain) or not self.site
