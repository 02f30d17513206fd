"""The bill of a stack: the cost of a month without a job, and of each job."""

from collections.abc import Sequence
from dataclasses import dataclass

from algorithms.declaration import Resources
from clients.cli.cost.billed_stack import Stack
from components.parts import sizes
from components.parts.limits import QUOTAS
from runtime.operation.prices import Prices

HOURS = 730  # of a month, as AWS calculates
MINUTES = 60 * HOURS
FREE_DASHBOARDS = 3
ALGORITHMS_PER_DISTRIBUTION = 10
IMAGE_GB = 0.3
# Lambda long-polls each dead-letter queue for 20 s; AWS does not say how many polls run at once for FIFO queues.
DEAD_LETTER_POLLS_PER_MINUTE = 3
# Five pollers, each with a long poll of 20 s: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
QUEUE_POLLS_PER_MINUTE = 15
# One call of a function that runs once a minute; the first job after a while calls the scaler, too.
MINUTELY_SECONDS = 1.0
SWEEPER_METRICS = 2
# The calls that AWS bills for a single job, from the POST to the acknowledgement, with one result of three objects, one
# client, and three algorithms in the distribution. tests/bench/test_calls.py counts them.
JOB = {
    "api_call": 3,
    "lambda_call": 4,
    "fifo_request": 6,
    "fifo_publish": 2,
    "fifo_publish_gb": 0.000003,
    "fifo_delivery": 4,
    "fifo_delivery_gb": 0.000006,
    "table_write": 21,  # three of them in the indexes
    "table_read": 4.5,
    "object_get": 1,
    "object_put": 4,
}
CALL_SECONDS = 0.3  # of the router; the acknowledgement takes as long
FUNCTION_GB, POLL_GB = sizes.FUNCTION_MIB / 1024, sizes.POLL_MIB / 1024
LOG_GB_PER_JOB = 0.000004


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill."""

    what: str
    usd: float


def network(stack: Stack, prices: Prices) -> list[Line]:
    """Return the monthly cost of the way out of the VPC."""
    if not stack.own_vpc:
        return [Line("way out of the existing VPC, not of this stack", 0.0)]
    gateways = {"none": 0, "single": 1, "one-per-az": stack.zones}[stack.nat]
    if gateways:
        hour = prices.of("nat_hour") + prices.of("public_address_hour")
        return [Line(f"{gateways} NAT gateway(s), each with an address", gateways * hour * HOURS)]
    each = len(sizes.INTERFACES)
    number = each * stack.zones
    public = stack.pacs_tasks * prices.of("public_address_hour") * HOURS
    return [
        Line(
            f"{number} interface endpoints ({each} in each of {stack.zones} zones)",
            number * prices.of("endpoint_hour") * HOURS,
        ),
        Line(f"{stack.pacs_tasks} public address(es) of the PACS API's tasks", public),
    ]


def at_rest(stack: Stack, prices: Prices, declared: Sequence[Resources]) -> list[Line]:
    """Return the cost of a month without a job."""
    number = len(declared)
    (alarms,) = [quota.taken(number, 1, shards=0) for quota in QUOTAS if quota.what == "CloudWatch alarms"]
    standing = sum(each.min_tasks * prices.task_hour(stack.cpu, each.vcpu, each.memory_mib / 1024) for each in declared)
    dashboards = max(0, -(-max(number, 1) // sizes.ALGORITHMS_PER_DASHBOARD) - FREE_DASHBOARDS)
    repositories = -(-number // ALGORITHMS_PER_DISTRIBUTION) + 1
    minutely = MINUTES * (
        prices.of("lambda_call") + MINUTELY_SECONDS * FUNCTION_GB * prices.of(f"{stack.cpu}_lambda_gb_second")
    )
    balancer = prices.of("balancer_hour") + (0 if stack.internal else stack.zones * prices.of("public_address_hour"))
    return [
        *network(stack, prices),
        Line("load balancer of the PACS API", balancer * HOURS),
        Line(
            f"{stack.pacs_tasks} task(s) of the PACS API",
            stack.pacs_tasks * prices.task_hour(stack.cpu, sizes.PACS_VCPU, sizes.PACS_MIB / 1024) * HOURS,
        ),
        Line(
            f"{sum(each.min_tasks for each in declared)} task(s) of algorithms that never stand at zero",
            standing * HOURS,
        ),
        Line(f"{alarms} alarms", alarms * prices.of("alarm_month")),
        Line("the scaler's metric", prices.of("metric_month")),
        Line("the scaler, once a minute", minutely),
        Line(f"the sweeper's {SWEEPER_METRICS} metrics", SWEEPER_METRICS * prices.of("metric_month")),
        Line("the sweeper, once a minute", minutely),
        Line(
            f"the scaler's look at {2 * number} queues a minute",
            # of each algorithm two queues, and two eventually consistent reads
            number * MINUTES * (2 * prices.of("fifo_request") + prices.of("table_read")),
        ),
        Line(
            f"Lambda's polls of {number} dead-letter queues",
            number * DEAD_LETTER_POLLS_PER_MINUTE * MINUTES * prices.of("fifo_request"),
        ),
        Line(f"container images in {repositories} repositories", repositories * IMAGE_GB * prices.of("image_gb_month")),
        Line(
            f"{dashboards} dashboard(s) beyond the {FREE_DASHBOARDS} free ones",
            dashboards * prices.of("dashboard_month"),
        ),
        Line("key of queues and topics", prices.of("key_month") if stack.encryption == "kms" else 0.0),
        Line(
            "Lambda's polls of the queues of callbacks and of traces",
            (stack.callbacks + stack.traces) * QUEUE_POLLS_PER_MINUTE * MINUTES * prices.of("queue_request"),
        ),
    ]


def per_job(stack: Stack, prices: Prices, resources: Resources) -> list[Line]:
    """Return the cost of one job on a running worker, if its client waits for it by a long poll."""
    seconds = resources.typical_seconds
    worker = prices.task_hour(stack.cpu, resources.vcpu, resources.memory_mib / 1024) / 3600 * seconds
    functions = CALL_SECONDS * FUNCTION_GB + MINUTELY_SECONDS * FUNCTION_GB + (seconds + CALL_SECONDS) * POLL_GB
    lambdas = functions * prices.of(f"{stack.cpu}_lambda_gb_second")
    calls = sum(number * prices.of(name) for name, number in JOB.items())
    return [
        Line(
            f"worker, {seconds:g} s of {resources.vcpu:g} vCPU and {resources.memory_mib / 1024:g} GB on demand", worker
        ),
        Line("functions: router, scaler, the poll that waits, the acknowledgement", lambdas),
        Line("queues, topic, table, objects, API", calls),
        Line("logs", LOG_GB_PER_JOB * prices.of("log_gb")),
    ]


def total(lines: Sequence[Line]) -> float:
    """Return the sum of the lines."""
    return sum(line.usd for line in lines)
