"""Nobody from all over the world is let in without a token, in any stack."""

from typing import Any

import pytest

from components.configuration import admission

OPEN: dict[str, Any] = {
    "api_auth": "open",
    "api_allowed_cidrs": ("192.0.2.0/24", "10.0.0.0/8", "2001:db8::/48"),
    "web": False,
    "pacs_api_internal": True,
    "pacs_api_allow_http": True,
    "pacs_api_certificate_arn": "",
}
PUBLIC: dict[str, Any] = {
    "api_auth": "jwt",
    "api_allowed_cidrs": (),
    "web": False,
    "pacs_api_internal": False,
    "pacs_api_allow_http": False,
    "pacs_api_certificate_arn": "arn:aws:acm:eu-south-1:000000000000:certificate/0",
}


def faults(values: dict[str, Any], stack: str = "dev", **changes: Any) -> list[str]:
    return admission.faults("imaging", values | changes, stack)


def test_what_may_be_deployed() -> None:
    assert faults(OPEN) == faults(OPEN, "dev-anna") == faults(PUBLIC, "prod") == []
    assert faults(OPEN, "prod", api_auth="iam", api_allowed_cidrs=()) == []
    assert faults(PUBLIC, "prod", web=True, pacs_api_internal=True) == []
    assert faults(OPEN, uploads=True) == faults(PUBLIC, "prod", uploads=True) == []
    assert faults(OPEN, patient_columns=True) == faults(PUBLIC, "prod", patient_columns=True) == []


@pytest.mark.parametrize(
    ("base", "changes", "key", "way"),
    [
        (OPEN, {"pacs_api_internal": False}, "pacsApiInternal", "to true, or imaging:apiAuth to jwt"),
        (OPEN, {"web": True}, "web", "imaging:web to false, or imaging:apiAuth to jwt"),
        (OPEN, {"api_allowed_cidrs": ()}, "apiAuth", "apiAllowedCidrs must name"),
        (OPEN, {"api_allowed_cidrs": ("192.0.2.1/24",)}, "apiAllowedCidrs", "write its first address"),
        (OPEN, {"api_allowed_cidrs": (":::/64",)}, "apiAllowedCidrs", "write its first address"),
        (PUBLIC, {"api_auth": "iam"}, "pacsApiInternal", "to true, or imaging:apiAuth to jwt"),
        (PUBLIC, {"api_auth": "iam", "pacs_api_internal": True, "web": True}, "web", "imaging:web to false"),
        (
            OPEN,
            {"api_auth": "iam", "api_allowed_cidrs": (), "uploads": True},
            "uploads",
            "imaging:uploads to false, or",
        ),
        (
            OPEN,
            {"api_auth": "iam", "api_allowed_cidrs": (), "patient_columns": True},
            "patientColumns",
            "imaging:patientColumns to false, or",
        ),
        (PUBLIC, {"pacs_api_certificate_arn": ""}, "pacsApiInternal", "pacsApiCertificateArn must name"),
        (PUBLIC, {"pacs_api_allow_http": True}, "pacsApiInternal", "Set imaging:pacsApiAllowHttp to false"),
        (PUBLIC, {"api_allowed_cidrs": ("10.0.0.0/8",)}, "apiAllowedCidrs", "imaging:apiAuth must be open"),
    ],
)
def test_what_lets_in_strangers_is_refused_with_the_way_out(
    base: dict[str, Any], changes: dict[str, Any], key: str, way: str
) -> None:
    (fault,) = faults(base, **changes)
    assert fault.startswith(f"imaging:{key} ")
    assert way in fault


@pytest.mark.parametrize(
    "cidr", ["0.0.0.0/0", "128.0.0.0/1", "8.0.0.0/7", "8.0.0.0/8", "8.8.0.0/15", "::/0", "2000::/3"]
)
def test_the_world_and_much_of_it_are_no_ranges_of_ones_own(cidr: str) -> None:
    (fault,) = faults(OPEN, api_allowed_cidrs=("10.0.0.0/8", cidr))
    assert f"names {cidr}, which opens the API to much of the internet" in fault
    assert "or use jwt" in fault


@pytest.mark.parametrize(
    "cidr", ["127.0.0.0/8", "172.16.0.0/12", "8.8.0.0/16", "8.8.8.8/32", "fd00::/8", "2a00:1450::/32"]
)
def test_private_ranges_and_those_of_an_organisation_may_call(cidr: str) -> None:
    assert faults(OPEN, api_allowed_cidrs=(cidr,)) == []


def test_a_key_that_could_not_be_read_makes_no_second_fault() -> None:
    assert faults({"api_auth": "open"}) == faults({"api_allowed_cidrs": ("::/0",)}) == faults({}) == []


def test_ipv4_addresses_are_not_written_as_ipv6() -> None:
    (fault,) = faults(OPEN, api_allowed_cidrs=("::ffff:0:0/96",))
    assert "names ::ffff:0:0/96" in fault and "write the range as IPv4" in fault
