"""Finds configuration keys that are right by themselves and contradict one another."""

from collections import Counter
from collections.abc import Iterable
from typing import cast

from components.configuration import admission, built_page
from components.configuration.fields import key

# Nobody reaches the PACS API: neither a page, nor a domain, nor plain HTTP.
ALONE = {"web": False, "pacs_api_domain_name": "", "pacs_api_allow_http": False}


def faults(project: str, values: dict[str, object], stack: str, images: Iterable[str]) -> list[str]:
    """Return every fault; `images` are the names of the container images that prebuilt ones must include."""
    return [
        *_together(project, values),
        *_exposure(project, values),
        *built_page.faults(project, values),
        *_prebuilt(project, values, images),
        *_access(project, values),
        *admission.faults(project, values, stack),
    ]


def _together(project: str, values: dict[str, object]) -> list[str]:
    """Return what is wrong between the VPC and its subnets."""
    faults: list[str] = []
    # the load balancer of the PACS API takes two zones
    private = 1 if values.get("pacs_api_internal") is False else 2
    for subnets, least in (("public_subnet_ids", 2), ("private_subnet_ids", private)):
        ids = values.get(subnets)
        if values.get("vpc_id") and isinstance(ids, tuple) and len(ids) < least:  # pyright: ignore
            faults.append(
                f"{project}:vpcId is set; then {project}:{key(subnets)} must name at least {least}, each in another "
                "zone."
            )
        if values.get("vpc_id") == "" and ids:
            faults.append(f"{project}:{key(subnets)} is set; then {project}:vpcId must name their VPC.")
    return faults


def _exposure(project: str, values: dict[str, object]) -> list[str]:
    """Return what is wrong with how the PACS API is reached."""
    faults: list[str] = []
    if values.get("web") is True and values.get("pacs_api_internal") is False:
        faults.append(
            f"{project}:web is true, and {project}:pacsApiInternal is false: CloudFront, which serves the PACS API "
            f"beside the page, reaches an internal load balancer alone. Set {project}:pacsApiInternal to true, or "
            f"{project}:web to false."
        )
    if bool(values.get("pacs_api_domain_name")) != bool(values.get("pacs_api_certificate_arn")):
        faults.append(f"{project}:pacsApiDomainName and {project}:pacsApiCertificateArn must be given together.")
    elif all(values.get(name) == nothing for name, nothing in ALONE.items()):
        faults.append(
            f"{project}:pacsApiDomainName is empty; give a domain, and its certificate in "
            f"{project}:pacsApiCertificateArn, or set {project}:pacsApiAllowHttp to true to serve images over plain "
            "HTTP."
        )
    if values.get("pacs_api_domain_name") and values["pacs_api_domain_name"] == values.get("api_domain_name"):
        faults.append(
            f"{project}:apiDomainName and {project}:pacsApiDomainName are both {values['api_domain_name']}, and a DNS "
            "record leads to one API alone: give each a domain of its own."
        )
    return faults


def by_name(entries: Iterable[str]) -> dict[str, str]:
    """Return the URIs of entries name=image-uri, by name."""
    return dict(entry.split("=", 1) for entry in entries)


def _prebuilt(project: str, values: dict[str, object], images: Iterable[str]) -> list[str]:
    """Return a fault that names every prebuilt image that is missing."""
    if values.get("images") != "prebuilt" or "prebuilt_images" not in values:
        return []
    known = by_name(cast("tuple[str, ...]", values["prebuilt_images"]))
    if not known:
        return [f"{project}:images is 'prebuilt'; then {project}:prebuiltImages must name {', '.join(images)}."]
    missing = [name for name in images if name not in known]
    named = Counter(entry.partition("=")[0] for entry in cast("tuple[str, ...]", values["prebuilt_images"]))
    twice = [
        f"{project}:prebuiltImages names {name} {number} times, and it is one container image: name it once."
        for name, number in named.items()
        if number > 1
    ]
    if not missing:
        return twice
    return [*twice, f"{project}:prebuiltImages names {', '.join(known)}; it must name {', '.join(missing)}, too."]


def _access(project: str, values: dict[str, object]) -> list[str]:
    """Return what is wrong with the credentials that callers need, and with the processing API's domain."""
    faults: list[str] = []
    mode = values.get("api_auth")
    wanted = {"api_jwt_issuer": "", "api_jwt_audiences": ()}
    for field, empty in wanted.items():
        if mode == "jwt" and values.get(field) == empty:
            faults.append(f"{project}:apiAuth is 'jwt'; then {project}:{key(field)} must be given.")
        if mode in ("open", "iam") and values.get(field, empty) != empty:
            faults.append(f"{project}:{key(field)} is set; then {project}:apiAuth must be jwt, and it is {mode!r}.")
    for field in ("web_client_id", "operators_scope"):
        if mode in ("open", "iam") and values.get(field):
            faults.append(f"{project}:{key(field)} is set; then {project}:apiAuth must be jwt, and it is {mode!r}.")
    if values.get("web_client_id") and "openid" not in cast("tuple[str, ...]", values.get("web_scopes", ("openid",))):
        faults.append(f"{project}:webClientId is set; then {project}:webScopes must name openid.")
    if bool(values.get("api_domain_name")) != bool(values.get("api_certificate_arn")):
        faults.append(f"{project}:apiDomainName and {project}:apiCertificateArn must be given together.")
    return faults
