"""The functions of the provider: lookups that create nothing."""

from collections.abc import Callable

from runtime.local.resources.base import Boto3Clients, Properties


def region(boto3_client: Boto3Clients, arguments: Properties) -> Properties:
    """aws:index/getRegion:getRegion."""
    name = boto3_client("sts").meta.region_name
    return {"id": name, "name": name, "region": name, "description": name, "endpoint": f"ec2.{name}.amazonaws.com"}


def partition(boto3_client: Boto3Clients, arguments: Properties) -> Properties:
    """aws:index/getPartition:getPartition; the emulator has the usual one."""
    return {"id": "aws", "partition": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"}


def caller(boto3_client: Boto3Clients, arguments: Properties) -> Properties:
    """aws:index/getCallerIdentity:getCallerIdentity."""
    details = boto3_client("sts").get_caller_identity()
    return {
        "id": details["Account"],
        "accountId": details["Account"],
        "arn": details["Arn"],
        "userId": details["UserId"],
    }


def zones(boto3_client: Boto3Clients, arguments: Properties) -> Properties:
    """aws:index/getAvailabilityZones:getAvailabilityZones."""
    details = boto3_client("ec2").describe_availability_zones()["AvailabilityZones"]
    return {
        "id": boto3_client("ec2").meta.region_name,
        "names": [zone["ZoneName"] for zone in details],
        "zoneIds": [zone["ZoneId"] for zone in details],
        "groupNames": [],
        "state": "available",
    }


def vpc(boto3_client: Boto3Clients, arguments: Properties) -> Properties:
    """aws:ec2/getVpc:getVpc, by id or the default one."""
    api = boto3_client("ec2")
    if arguments.get("id"):
        matches = api.describe_vpcs(VpcIds=[arguments["id"]])["Vpcs"]
    else:
        matches = api.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    if not matches:
        raise LookupError(f"no VPC matches {arguments}")
    details = matches[0]
    return {"id": details["VpcId"], "cidrBlock": details["CidrBlock"], "default": details.get("IsDefault", False)}


def subnets(boto3_client: Boto3Clients, arguments: Properties) -> Properties:
    """aws:ec2/getSubnets:getSubnets, by filters."""
    filters = [{"Name": entry["name"], "Values": entry["values"]} for entry in arguments.get("filters") or ()]
    details = boto3_client("ec2").describe_subnets(Filters=filters)["Subnets"]
    return {"id": boto3_client("ec2").meta.region_name, "ids": sorted(entry["SubnetId"] for entry in details)}


def subnet(boto3_client: Boto3Clients, arguments: Properties) -> Properties:
    """aws:ec2/getSubnet:getSubnet, by id."""
    details = boto3_client("ec2").describe_subnets(SubnetIds=[arguments["id"]])["Subnets"][0]
    return {
        "id": details["SubnetId"],
        "vpcId": details["VpcId"],
        "cidrBlock": details["CidrBlock"],
        "availabilityZone": details["AvailabilityZone"],
        "availabilityZoneId": details.get("AvailabilityZoneId", ""),
    }


def internet_gateway(boto3_client: Boto3Clients, arguments: Properties) -> Properties:
    """aws:ec2/getInternetGateway:getInternetGateway, by filters."""
    filters = [{"Name": entry["name"], "Values": entry["values"]} for entry in arguments.get("filters") or ()]
    matches = boto3_client("ec2").describe_internet_gateways(Filters=filters)["InternetGateways"]
    if not matches:
        raise LookupError("no matching EC2 Internet Gateway found")
    details = matches[0]["InternetGatewayId"]
    return {"id": details, "internetGatewayId": details}


# Prefix lists that AWS manages: every account has them, the emulator does not.
MANAGED_PREFIX_LISTS = {"com.amazonaws.global.cloudfront.origin-facing": "pl-00000000"}


def managed_prefix_list(boto3_client: Boto3Clients, arguments: Properties) -> Properties:
    """aws:ec2/getManagedPrefixList:getManagedPrefixList, by name."""
    name = arguments.get("name")
    if name not in MANAGED_PREFIX_LISTS:
        raise LookupError(f"no managed prefix list matches {arguments}")
    identity = MANAGED_PREFIX_LISTS[name]
    arn = f"arn:aws:ec2:{boto3_client('ec2').meta.region_name}:aws:prefix-list/{identity}"
    return {"id": identity, "name": name, "arn": arn, "addressFamily": "IPv4", "ownerId": "AWS", "entries": []}


INVOKES: dict[str, Callable[[Boto3Clients, Properties], Properties]] = {
    "aws:index/getRegion:getRegion": region,
    "aws:index/getPartition:getPartition": partition,
    "aws:index/getCallerIdentity:getCallerIdentity": caller,
    "aws:index/getAvailabilityZones:getAvailabilityZones": zones,
    "aws:ec2/getInternetGateway:getInternetGateway": internet_gateway,
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": managed_prefix_list,
    "aws:ec2/getVpc:getVpc": vpc,
    "aws:ec2/getSubnets:getSubnets": subnets,
    "aws:ec2/getSubnet:getSubnet": subnet,
}
