"""Regular expressions and values for the texts of the configuration.

Digits are written [0-9]: Python's shorthand for them takes those of every script.
"""

RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
OCTET = r"(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
CIDR = rf"({OCTET}\.){{3}}{OCTET}/(3[0-2]|[12]?[0-9])"
CERTIFICATE = r"(arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9_-]+)?"
# A bucket's name as S3 takes it: not an IP address, and no two dots together. An alias of an access point and a
# directory bucket are called otherwise, and need other permissions than a bucket:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_RESERVED = r"(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)"
BUCKET = rf"(?!([0-9]+\.){{3}}[0-9]+$)(?!.*(\.\.|\.-|-\.)){_RESERVED}[a-z0-9][a-z0-9.-]{{1,61}}[a-z0-9]"
# What `KeyPattern` of the workers and the PACS API takes; S3's keys begin with no slash here.
_LITERAL = r"[^{}\x00-\x1f\x7f]*"
KEY_PATTERN = (
    rf"(?!/){_LITERAL}\{{study_id\}}{_LITERAL}/{_LITERAL}\{{series_id\}}{_LITERAL}/{_LITERAL}\{{image_id\}}{_LITERAL}"
)
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
NAME = rf"({_LABEL}\.)+[a-z]{{2,}}"
# A name in the DNS, of at most 253 characters: RFC 1035, 2.3.4, without the length of its labels.
DOMAIN = rf"((?=.{{1,253}}$){NAME})?"
PORT = r"([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
# A host with its port unless that is 443; loopback is for a system on one machine.
HOST = rf"({NAME}|localhost|127\.0\.0\.1)(:{PORT})?"
# What a browser sends as Origin, or * for all. S3 and API Gateway read a * within one in different ways, and the PACS
# API knows none.
ORIGIN = rf"\*|https?://([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(:{PORT})?"
# OpenID Connect Discovery 1.0, 3: a URL without query and fragment.
ISSUER = rf"(https://[A-Za-z0-9.-]+(:{PORT})?(/[^\s?#]*)?)?"
# The base address of a collector: a host, perhaps its port and a path. /v1/traces is added to it.
COLLECTOR = rf"(?!.*/v1/traces/?$)(https?://([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(:{PORT})?(/[A-Za-z0-9._~/-]*)?)?"
# As OpenTelemetry's variable has them; a value's other characters are percent-encoded.
_HEADER = r"[A-Za-z0-9!#$&'*+.^_`|~-]+=[A-Za-z0-9!#$&'*+./:=?@_`|~%-]+"
HEADERS = rf"({_HEADER}(,{_HEADER})*)?"
REGION = r"([a-z]{2,4}(-[a-z]+)+-[0-9])?"
# The most subnets that a service of ECS takes: AwsVpcConfiguration in its API reference.
SUBNETS_PER_SERVICE = 16
# The most audiences of a JWT authorizer: "Quotas for configuring and running an HTTP API" of API Gateway.
AUDIENCES = 50
# The most rules that a security group takes; the load balancer's has one rule for each address range.
RULES_PER_GROUP = 60
