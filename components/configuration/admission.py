"""Refuses a stack whose APIs the whole world could call without a token."""

import ipaddress
import re
from typing import cast

# An API that checks only the client's own token, which it hands out itself, is for development.
OPEN_STACKS = r"dev(-.*)?"
# The widest ranges of public addresses that may call without a token: those of an organisation, not of a provider.
WIDEST = {4: 16, 6: 32}


def faults(project: str, values: dict[str, object], stack: str) -> list[str]:
    """Return what is wrong with who may call the two APIs."""
    mode = values.get("api_auth")
    found: list[str] = []
    if mode == "open" and not re.fullmatch(OPEN_STACKS, stack):
        found.append(
            f"{project}:apiAuth is 'open', so anybody who reaches stack {stack!r} could become a client of it; only "
            "stacks called dev, or dev-<suffix>, may be open. Use jwt or iam."
        )
    if mode in ("open", "iam"):
        found += _unguarded(project, values, str(mode))
    if mode == "jwt" and values.get("pacs_api_internal") is False:
        found += _public(project, values)
    return [*found, *_ranges(project, values)]


def _unguarded(project: str, values: dict[str, object], mode: str) -> list[str]:
    """Return the faults that would open the PACS API to everybody."""
    why = "checks no signature of AWS" if mode == "iam" else "asks for no token"
    found: list[str] = []
    if values.get("pacs_api_internal") is False:
        found.append(
            f"{project}:pacsApiInternal is false, and with {project}:apiAuth {mode!r} the PACS API {why}: anybody "
            f"could read the images. Set {project}:pacsApiInternal to true, or {project}:apiAuth to jwt."
        )
    if values.get("web") is True:
        found.append(
            f"{project}:web is true, so the whole world reaches the PACS API through CloudFront, and with "
            f"{project}:apiAuth {mode!r} it {why}. Set {project}:web to false, or {project}:apiAuth to jwt."
        )
    if values.get("uploads") is True and mode != "open":  # only stacks for development may be open
        found.append(
            f"{project}:uploads is true, and with {project}:apiAuth {mode!r} the PACS API {why}: anybody who reaches "
            f"it could store images. Set {project}:uploads to false, or {project}:apiAuth to jwt."
        )
    if values.get("patient_columns") is True and mode != "open":
        found.append(
            f"{project}:patientColumns is true, and with {project}:apiAuth {mode!r} the PACS API {why}: anybody who "
            f"reaches it could list patients. Set {project}:patientColumns to false, or {project}:apiAuth to jwt."
        )
    return found


def _public(project: str, values: dict[str, object]) -> list[str]:
    """Return what would send tokens and images unencrypted to a public load balancer."""
    found: list[str] = []
    if not values.get("pacs_api_certificate_arn", "?"):
        found.append(
            f"{project}:pacsApiInternal is false; then {project}:pacsApiCertificateArn must name a certificate, or set "
            f"{project}:pacsApiInternal to true."
        )
    if values.get("pacs_api_allow_http") is True:
        found.append(
            f"{project}:pacsApiInternal is false, and {project}:pacsApiAllowHttp is true, so images could cross the "
            f"internet unencrypted. Set {project}:pacsApiAllowHttp to false."
        )
    return found


def _ranges(project: str, values: dict[str, object]) -> list[str]:
    """Return what is wrong with the addresses that may call an open processing API."""
    mode, key = values.get("api_auth"), f"{project}:apiAllowedCidrs"
    ranges = cast("tuple[str, ...]", values.get("api_allowed_cidrs", ()))
    if "api_allowed_cidrs" not in values or mode not in ("open", "jwt", "iam"):
        return []
    if mode != "open":
        return [f"{key} is set; then {project}:apiAuth must be open, and it is {mode!r}."] if ranges else []
    if not ranges:
        return [
            f"{project}:apiAuth is 'open'; then {key} must name the address ranges that may call, such as your own."
        ]
    found: list[str] = []
    for each in ranges:
        try:
            network = ipaddress.ip_network(each)
        except ValueError:
            found.append(f"{key} names {each}, which is not an address range; write its first address and its size.")
            continue
        if network.version == 6 and network.network_address.ipv4_mapped:
            found.append(
                f"{key} names {each}, IPv4 addresses as IPv6 writes them, from which no call comes: write the range as "
                "IPv4."
            )
            continue
        widest = WIDEST[network.version]
        if network.prefixlen < 8 or (not network.is_private and network.prefixlen < widest):
            found.append(
                f"{key} names {each}, which opens the API to much of the internet; use ranges of your own, "
                f"public ones no wider than /{widest}, or use jwt."
            )
    return found
