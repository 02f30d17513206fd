"""Finds what is wrong between the configuration and the account's region, zones and subnets."""

from collections.abc import Mapping
from typing import Any

from components.configuration.fields import key
from components.preflight import site, subnets
from components.preflight.place import Place
from components.preflight.site import WITHOUT_VPC_ORIGIN

CERTIFICATES = ("api_certificate_arn", "pacs_api_certificate_arn")
ARNS = (*CERTIFICATES, "pacs_bucket_kms_key_arn")
# That of the embedded cloud, which takes the configuration of any stack; AWS gives none such.
NO_ACCOUNT = "000000000000"


def faults(project: str, values: Mapping[str, Any], place: Place) -> list[str]:
    """Return every fault; `values` are the keys of the configuration that could be read."""
    return [
        *_partition(place),
        *_arns(project, values, place),
        *_certificates(project, values, place),
        *_key(project, values, place),
        *(_existing(project, values, place) if values.get("vpc_id") else _zones(project, values, place)),
        *_bucket(project, values, place),
    ]


def _partition(place: Place) -> list[str]:
    if place.partition == "aws":
        return []
    return [
        f"aws:region is {place.region}, of the partition {place.partition}, which has neither CloudFront's VPC origins "
        "nor, under the ARN that awsx gives to every task, the policy that lets tasks start: choose a region of the "
        "partition aws."
    ]


def _arns(project: str, values: Mapping[str, Any], place: Place) -> list[str]:
    """Return the ARNs of another partition, which IAM refuses in a policy, and ACM has nowhere else."""
    arns = {name: str(values.get(name) or "") for name in ARNS}
    return [
        f"{project}:{key(name)} is {arn}, of the partition {arn.split(':')[1]}, and the stack's is {place.partition}: "
        "name one of the stack's own partition."
        for name, arn in arns.items()
        if arn and arn.split(":")[1] != place.partition
    ]


def _certificates(project: str, values: Mapping[str, Any], place: Place) -> list[str]:
    wrong: list[str] = []
    for name in CERTIFICATES:
        arn = str(values.get(name) or "")
        region, account = arn.split(":")[3:5] if arn else (place.region, place.account)
        if region != place.region:
            wrong.append(
                f"{project}:{key(name)} is {arn}, a certificate of {region}, and the stack is in "
                f"{place.region}, where only certificates of that region can be used: ask ACM for one in "
                f"{place.region}."
            )
        elif place.account not in (account, NO_ACCOUNT):
            wrong.append(
                f"{project}:{key(name)} is {arn}, a certificate of the account {account}, and the stack is in "
                f"{place.account}: ACM shares none, so ask it for one in {place.account}."
            )
    return wrong


def _key(project: str, values: Mapping[str, Any], place: Place) -> list[str]:
    """Return what is wrong with the key of the bucket of images: S3 takes keys of the bucket's own region alone."""
    arn, bucket = str(values.get("pacs_bucket_kms_key_arn") or ""), values.get("pacs_bucket_region") or place.region
    region = arn.split(":")[3] if arn else bucket
    if region == bucket or arn.split(":")[1] != place.partition:
        return []
    return [
        f"{project}:pacsBucketKmsKeyArn is {arn}, a key of {region}, and by {project}:pacsBucketRegion the bucket is "
        f"in {bucket}, and S3 takes keys of the bucket's own region only: name the key of {bucket}, or set "
        f"{project}:pacsBucketRegion to {region}."
    ]


def _existing(project: str, values: Mapping[str, Any], place: Place) -> list[str]:
    return [*subnets.faults(project, values, place), *site.faults(project, values, place)]


def _zones(project: str, values: Mapping[str, Any], place: Place) -> list[str]:
    wanted = values.get("availability_zones")
    if wanted is None:
        return []
    if wanted > len(place.zones):
        return [
            f"{project}:availabilityZones is {wanted}, and {place.region} has {len(place.zones)} for this account: set "
            f"it to {len(place.zones)} or less."
        ]
    wrong: list[str] = []
    for zone in place.zones[:wanted]:
        if zone.is_local(place.region):
            wrong.append(
                f"{project}:availabilityZones is {wanted}, and {zone.name} would be one of them, a local zone, which "
                "has neither Fargate nor NAT gateways: opt out of its zone group, or name a VPC of yours in "
                f"{project}:vpcId."
            )
        elif values.get("web") and zone.id in WITHOUT_VPC_ORIGIN:
            wrong.append(
                f"{project}:web is true, and {zone.name} ({zone.id}) would be one of the zones, where CloudFront "
                f"reaches no load balancer: set {project}:vpcId to a VPC with subnets in other zones, or {project}:web "
                "to false."
            )
    return wrong


def _bucket(project: str, values: Mapping[str, Any], place: Place) -> list[str]:
    region = values.get("pacs_bucket_region")
    if not region or region == place.region or values.get("vpc_id") or values.get("nat") != "none":
        return []
    return [
        f"{project}:pacsBucketRegion is {region} and {project}:nat is none, and the S3 endpoint of a VPC in "
        f"{place.region} leads to buckets of {place.region} only: set {project}:nat to single, or replicate the bucket "
        f"to {place.region}."
    ]
