"""Divides a VPC as awsx.ec2.Vpc does: its zones, their subnets and their NAT gateways."""

import ipaddress
from typing import Any

NAT = {"none": "None", "single": "Single", "oneperaz": "OnePerAz"}
SMALLEST_SHARE = 26


def blocks(cidr: str, zones: int) -> list[tuple[str, str]]:
    """Return each zone's private and public block: a half and a quarter of its share of the VPC."""
    network = ipaddress.ip_network(cidr)
    share = network.prefixlen + (zones - 1).bit_length()
    if share > SMALLEST_SHARE:
        raise ValueError(f"{cidr} gives each of {zones} zones a /{share}; the smallest that can be divided is a /26")
    pairs: list[tuple[str, str]] = []
    for zone in list(network.subnets(new_prefix=share))[:zones]:
        private, rest = zone.subnets(prefixlen_diff=1)
        pairs.append((str(private), str(next(iter(rest.subnets(prefixlen_diff=1))))))
    return pairs


def zone_names(offered: list[str], names: list[str] | None, count: int | None) -> list[str]:
    """Return the zones to use: `names`, or the first `count` of those that the region offers."""
    if names is not None:
        return names
    number = 3 if count is None else int(count)
    if number > len(offered):
        raise ValueError(
            f"The region has {len(offered)} availability zones, fewer than the {number} that the program needs"
        )
    return offered[:number]


def nat_strategy(configuration: dict[str, Any], zones: int) -> str:
    """Return the strategy None, Single or OnePerAz; its case does not matter."""
    name = configuration.get("strategy", "OnePerAz")
    strategy = NAT.get(str(name).lower())
    if strategy is None:
        raise ValueError(f"Unknown NAT gateway strategy {name!r}: use None, Single or OnePerAz")
    addresses = len(configuration.get("elasticIpAllocationIds") or ())
    wanted = {"None": 0, "Single": 1, "OnePerAz": zones}[strategy]
    if addresses and addresses != wanted:
        raise ValueError(f"NAT gateway strategy {strategy} takes {wanted} Elastic IP ids, not {addresses}")
    return strategy
