"""Regular expressions and values for the texts of the configuration."""

RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
OCTET = r"(25[0-5]|2[0-4]\d|1?\d?\d)"
CIDR = rf"({OCTET}\.){{3}}{OCTET}/(3[0-2]|[12]?\d)"
CERTIFICATE = r"(arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/[\w-]+)?"
# A bucket's name as S3 takes it: not an IP address, and no two dots together.
BUCKET = r"(?!\d+\.\d+\.\d+\.\d+$)(?!.*(\.\.|\.-|-\.))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
DOMAIN = r"(([a-z0-9-]+\.)+[a-z]{2,})?"
# A host with its port unless that is 443; loopback is for a system on one machine.
HOST = r"(([a-z0-9-]+\.)+[a-z]{2,}|localhost|127\.0\.0\.1)(:[1-9]\d{0,4})?"
PORT = r"([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])"
# The base address of a collector: a host, perhaps its port and a path. /v1/traces is added to it.
COLLECTOR = rf"(?!.*/v1/traces/?$)(https?://([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(:{PORT})?(/[A-Za-z0-9._~/-]*)?)?"
# As OpenTelemetry's variable has them; a value's other characters are percent-encoded.
_HEADER = r"[A-Za-z0-9!#$&'*+.^_`|~-]+=[A-Za-z0-9!#$&'*+./:=?@_`|~%-]+"
HEADERS = rf"({_HEADER}(,{_HEADER})*)?"
REGION = r"([a-z]{2,4}(-[a-z]+)+-\d)?"
SUBNETS = "subnet ids"
# The most rules that a security group takes; the load balancer's has one rule for each address range.
RULES_PER_GROUP = 60
