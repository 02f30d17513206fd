"""What is refused of the dev stack with changes: key, value, limit and way out."""

from dataclasses import replace
from typing import Any

from components.preflight.place import Place, Subnet, Zone

ZONES = tuple(Zone(f"eu-south-1{letter}", f"eus1-az{number}") for number, letter in enumerate("abc", 1))
DOMAIN = "imaging.example.org"
ACCOUNT = "111122223333"
PLACE = Place("eu-south-1", "aws", ACCOUNT, ZONES)
OTHER = "arn:aws:acm:us-east-1:111122223333:certificate/0a"
OWN = "arn:aws:acm:eu-south-1:111122223333:certificate/0a"
FOREIGN = "arn:aws:acm:eu-south-1:444455556666:certificate/0a"
SIGNED_IN: dict[str, Any] = {
    "apiAuth": "jwt",
    "apiJwtIssuer": "https://login.example.org",
    "apiJwtAudiences": ["imaging"],
    "apiAllowedCidrs": [],
}
VPC: dict[str, Any] = {
    "vpcId": "vpc-1",
    "publicSubnetIds": ["subnet-1", "subnet-2"],
    "privateSubnetIds": ["subnet-3", "subnet-4"],
    "pacsApiInternal": True,
}
# A page that is built; what it needs beside it.
PAGE: dict[str, Any] = {**SIGNED_IN, "web": True, "webFolder": "clients/web", "pacsApiInternal": True}


def subnets(**changes: Subnet) -> Place:
    """Return a place with the four subnets of VPC, two in each zone, with changes."""
    known = {f"subnet-{number}": Subnet("vpc-1", ZONES[number % 2]) for number in (1, 2, 3, 4)}
    return replace(PLACE, zones=(), subnets={**known, **{name.replace("_", "-"): new for name, new in changes.items()}})


# What is changed, where it is, and what the sentence says: key, value, limit, way out.
REFUSED: dict[str, tuple[dict[str, Any], Place, tuple[str, ...]]] = {
    "certificate of another region": (
        {"pacsApiDomainName": "pacs.example.org", "pacsApiCertificateArn": OTHER},
        PLACE,
        ("imaging:pacsApiCertificateArn", OTHER, "only certificates of that region", "ask ACM for one in eu-south-1"),
    ),
    "the API's certificate of another region": (
        {"apiDomainName": "imaging.example.org", "apiCertificateArn": OTHER},
        PLACE,
        ("imaging:apiCertificateArn", OTHER, "stack is in eu-south-1", "ask ACM for one in eu-south-1"),
    ),
    "certificate of another account": (
        {"apiDomainName": "imaging.example.org", "apiCertificateArn": FOREIGN},
        PLACE,
        ("imaging:apiCertificateArn", FOREIGN, "the stack is in 111122223333", "ask it for one in 111122223333"),
    ),
    "one domain of two APIs": (
        {"apiDomainName": DOMAIN, "apiCertificateArn": OWN, "pacsApiDomainName": DOMAIN, "pacsApiCertificateArn": OWN},
        PLACE,
        ("imaging:apiDomainName", "imaging:pacsApiDomainName", "both imaging.example.org", "a domain of its own"),
    ),
    "an ARN that is no certificate's": (
        {"pacsApiCertificateArn": "arn:aws:iam::111122223333:server-certificate/a"},
        PLACE,
        ("imaging:pacsApiCertificateArn", "server-certificate", "must be the ARN of an ACM certificate", "or empty"),
    ),
    "one private subnet": (
        {**VPC, "privateSubnetIds": ["subnet-3"]},
        subnets(),
        ("imaging:privateSubnetIds", "vpcId is set", "at least 2", "must name"),
    ),
    "two subnets in one zone": (
        VPC,
        subnets(subnet_4=Subnet("vpc-1", ZONES[1])),
        (
            "imaging:privateSubnetIds",
            "eu-south-1b",
            "takes one a zone, in at least two zones",
            "name one subnet of each",
        ),
    ),
    "a subnet of another VPC": (
        VPC,
        subnets(subnet_1=Subnet("vpc-2", ZONES[1])),
        ("imaging:publicSubnetIds", "subnet-1 of vpc-2", "imaging:vpcId is vpc-1", "name subnets of that VPC"),
    ),
    "a subnet that is not there": (
        {**VPC, "publicSubnetIds": ["subnet-1", "subnet-9"]},
        subnets(),
        ("imaging:publicSubnetIds", "subnet-9", "which eu-south-1 does not have", "name subnets of vpc-1"),
    ),
    "a subnet of a local zone": (
        VPC,
        subnets(subnet_4=Subnet("vpc-1", Zone("eu-south-1-mil-1a", "eus1-mil1-az1"))),
        ("imaging:privateSubnetIds", "subnet-4 in eu-south-1-mil-1a", "neither Fargate nor NAT", "another zone"),
    ),
    "a range with host bits": (
        {"pacsApiAllowedCidrs": ["10.1.2.3/8"]},
        PLACE,
        ("imaging:pacsApiAllowedCidrs", "10.1.2.3/8", "a network's own address", "write 10.0.0.0/8"),
    ),
    "a range with leading zeros": (
        {"pacsApiAllowedCidrs": ["10.01.0.0/16"]},
        PLACE,
        ("imaging:pacsApiAllowedCidrs", "10.01.0.0/16", "without leading zeros", "write 10.1.0.0/16"),
    ),
    "the same range twice": (
        {"pacsApiAllowedCidrs": ["10.0.0.0/8", "10.0.0.0/8"]},
        PLACE,
        ("imaging:pacsApiAllowedCidrs", "10.0.0.0/8 2 times", "EC2 refuses a second rule", "name it once"),
    ),
    "more zones than the region has": (
        {"availabilityZones": 4},
        PLACE,
        ("imaging:availabilityZones", "is 4", "eu-south-1 has 3", "set it to 3 or less"),
    ),
    "a local zone": (
        {"availabilityZones": 2},
        replace(PLACE, zones=(ZONES[0], Zone("eu-south-1-mil-1a", "eus1-mil1-az1"))),
        ("imaging:availabilityZones", "eu-south-1-mil-1a", "neither Fargate nor NAT", "opt out of its zone group"),
    ),
    "a zone that CloudFront does not reach": (
        PAGE,
        Place("us-east-1", "aws", ACCOUNT, (Zone("us-east-1a", "use1-az3"), Zone("us-east-1b", "use1-az1"))),
        ("imaging:web", "use1-az3", "CloudFront reaches no load balancer", "imaging:vpcId"),
    ),
    "a VPC without an internet gateway": (
        {**VPC, **PAGE},
        replace(subnets(), gateway=False),
        ("imaging:vpcId, vpc-1", "no internet gateway", "no load balancer", "attach one"),
    ),
    "a subnet that CloudFront does not reach": (
        {**VPC, **PAGE},
        subnets(subnet_3=Subnet("vpc-1", Zone("eu-south-1c", "use1-az3"))),
        ("imaging:privateSubnetIds", "subnet-3 in eu-south-1c", "CloudFront reaches no load balancer", "another zone"),
    ),
    "a bucket of another region behind endpoints": (
        {"pacsBucketRegion": "eu-west-1", "nat": "none"},
        PLACE,
        ("imaging:pacsBucketRegion", "eu-west-1", "buckets of eu-south-1 only", "set imaging:nat to single"),
    ),
    "a mistyped key": (
        {"resultShard": 2},
        PLACE,
        ("imaging:resultShard is set", "there is no such key", "did you mean", "imaging:resultShards?"),
    ),
    "a mistyped namespace": (
        {"imagin:nat": "none"},
        PLACE,
        ("imagin:nat is set", "nothing reads it", "did you mean", "imaging:nat?"),
    ),
    "a mistyped key of a mistyped namespace": (
        {"imagin:resultShard": 2},
        PLACE,
        ("imagin:resultShard is set", "nothing reads it", "did you mean", "imaging:resultShards?"),
    ),
    "a key of another project": (
        {"radiology:resultShards": 2},
        PLACE,
        ("radiology:resultShards is set", "nothing reads it", "did you mean", "imaging:resultShards?"),
    ),
    "a key like no other": (
        {"colour": "blue"},
        PLACE,
        ("imaging:colour is set", "there is no such key", "docs/configuration.md", "lists all keys"),
    ),
    "what the example left to fill in": (
        {"alarmEmail": "<operators@example.org>"},
        PLACE,
        ("imaging:alarmEmail", "<operators@example.org>", "Pulumi.prod.yaml.example", "replace it, or remove the key"),
    ),
    "a stop that the worker refuses": (
        {"stopTimeoutSeconds": 1},
        PLACE,
        ("imaging:stopTimeoutSeconds", "'1'", "from 2 to 120", "must be"),
    ),
    "URLs that outlive who signs them": (
        {"urlSeconds": 43200},
        PLACE,
        ("imaging:urlSeconds", "'43200'", "from 60 to 21600", "must be"),
    ),
    "another partition": (
        {},
        Place("cn-north-1", "aws-cn", ACCOUNT, (Zone("cn-north-1a", "cnn1-az1"), Zone("cn-north-1b", "cnn1-az2"))),
        ("aws:region", "cn-north-1", "aws-cn", "choose a region of the partition aws"),
    ),
    "a key of another partition": (
        {"pacsBucketKmsKeyArn": "arn:aws-cn:kms:cn-north-1:111122223333:key/0a"},
        PLACE,
        ("imaging:pacsBucketKmsKeyArn", "arn:aws-cn:kms", "the stack's is aws", "name one of the stack's own"),
    ),
    "a key of another region than the bucket's": (
        {"pacsBucketKmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/0a"},
        PLACE,
        (
            "imaging:pacsBucketKmsKeyArn",
            "a key of us-east-1",
            "the bucket is in eu-south-1",
            "name the key of eu-south-1",
        ),
    ),
    "an origin with a wildcard": (
        {"corsOrigins": ["https://*.example.org"]},
        PLACE,
        ("imaging:corsOrigins", "https://*.example.org", "a list of origins", "or *"),
    ),
    "a key pattern that the workers refuse": (
        {"pacsKeyPattern": "{series_id}/{study_id}/{image_id}"},
        PLACE,
        ("imaging:pacsKeyPattern", "{series_id}/{study_id}/{image_id}", "in this order", "must be"),
    ),
    "an access point as a bucket": (
        {"pacsBucket": "images-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias"},
        PLACE,
        ("imaging:pacsBucket", "-s3alias", "the name of an existing S3 bucket", "must be"),
    ),
    "a tag value that ECR refuses": (
        {"costCentre": "c" * 256},
        PLACE,
        ("imaging:costCentre", "ccc", "at most 255 characters", "must be"),
    ),
    "an address as a bucket": (
        {"pacsBucket": "10.0.0.1"},
        PLACE,
        ("imaging:pacsBucket", "10.0.0.1", "the name of an existing S3 bucket", "must be"),
    ),
}
