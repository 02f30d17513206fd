"""What the program makes, read back from the embedded cloud that it was deployed to."""

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from algorithms.registry import load_registry
from runtime.contracts.routes import ROUTES
from runtime.local.emulator.emulator import Emulator
from runtime.local.program.project import ROOT

CERTIFICATE = "arn:aws:acm:eu-south-1:000000000000:certificate/0"
KEY = "arn:aws:kms:eu-south-1:000000000000:key/0a1b2c3d-0000-0000-0000-000000000000"
CHANGES: dict[str, Any] = {
    "encryption": "kms",
    "web": True,
    "costCentre": "radiology",
    "alarmEmail": "operators@example.org",
    "apiAuth": "jwt",
    "apiJwtIssuer": "https://login.example.org",
    "apiJwtAudiences": ["imaging"],
    "operatorsScope": "imaging/operate",
    "apiAllowedCidrs": [],
    "pacsBucketKmsKeyArn": KEY,
    "webClientId": "page",
    "apiDomainName": "imaging.example.org",
    "apiCertificateArn": CERTIFICATE,
    "corsOrigins": ["https://viewer.example.org"],
    "pacsApiDomainName": "pacs.example.org",
    "pacsApiCertificateArn": CERTIFICATE,
}


@dataclasses.dataclass
class Deployed:
    """The cloud and what the program made on it."""

    cloud: Emulator
    outputs: dict[str, Any]
    resources: list[dict[str, Any]]

    def of(self, token: str) -> list[dict[str, Any]]:
        return [each for each in self.resources if each["type"] == token]

    def named(self, token: str, name: str) -> dict[str, Any]:
        (found,) = [each for each in self.of(token) if each["name"] == name]
        return found


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """A stack with everything that dev leaves out."""
    folder = tmp_path_factory.mktemp("deployed")
    page = folder / "page"
    page.mkdir()
    (page / "index.html").write_text("<title>page</title>")
    with Emulator() as cloud:
        changes = json.dumps({**CHANGES, "webFolder": str(page)})
        subprocess.run(
            [sys.executable, "-m", "runtime.local.program.run", "dev", str(folder / "made.json"), changes],
            env={**os.environ, **cloud.environment, "PYTHONPATH": str(ROOT)},
            cwd=folder,
            check=False,
        )
        made = json.loads(Path(folder / "made.json").read_text())
        assert "error" not in made, made.get("error")
        yield Deployed(cloud, made["outputs"], made["resources"])


@pytest.mark.parametrize("name", ["scaler", "sweeper"])
def test_each_is_called_once_a_minute_and_a_call_that_failed_is_not_repeated(deployed: Deployed, name: str) -> None:
    function = deployed.named("aws:lambda/function:Function", name)
    schedule = deployed.named("aws:scheduler/schedule:Schedule", f"{name}-schedule")["inputs"]
    assert schedule["scheduleExpression"] == "rate(1 minute)"
    assert schedule["target"]["arn"] == function["outputs"]["arn"]
    calls = deployed.named("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", f"{name}-calls")["inputs"]
    assert calls["maximumRetryAttempts"] == schedule["target"]["retryPolicy"]["maximumRetryAttempts"] == 0
    assert function["inputs"]["timeout"] < 60, "the next call finds none that still runs"


def test_what_puts_jobs_on_queues_knows_the_scaler(deployed: Deployed) -> None:
    name = deployed.named("aws:lambda/function:Function", "scaler")["outputs"]["name"]
    for function in deployed.of("aws:lambda/function:Function"):
        variables = function["inputs"].get("environment", {}).get("variables", {})
        assert variables.get("SCALER_FUNCTION") == (name if function["name"] in {"router", "failures"} else None)


def test_every_alarm_speaks_on_the_one_topic(deployed: Deployed) -> None:
    alarms = deployed.of("aws:cloudwatch/metricAlarm:MetricAlarm")
    assert {tuple(each["inputs"]["alarmActions"]) for each in alarms} == {(deployed.outputs["AlarmsTopicArn"],)}
    names = {each["name"] for each in alarms}
    for base in ("gaussian", "median", "curvature-flow"):
        assert {each for each in names if each.startswith(base)} == {
            f"{base}-dead-letters",
            f"{base}-late",
            f"{base}-overflow-late",
        }
    assert {"router-errors", "processing-api-5xx", "pacs-api-5xx", "pacs-api-unsteady"} <= names
    told = deployed.cloud.boto3_client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert {each["AlarmName"] for each in told} == {
        each["outputs"]["name"] for each in deployed.of("aws:cloudwatch/metricAlarm:MetricAlarm")
    }


def test_the_dashboard_has_a_line_for_every_algorithm(deployed: Deployed) -> None:
    body = deployed.cloud.boto3_client("cloudwatch").get_dashboard(DashboardName="imaging-dev")["DashboardBody"]
    widgets = json.loads(body)["widgets"]
    assert len(widgets) == 8
    ages = next(each for each in widgets if "oldest job" in each["properties"]["title"])["properties"]["metrics"]
    assert [line[-1]["label"] for line in ages] == sorted(load_registry())


def test_one_key_encrypts_queues_and_topics_and_lets_sns_deliver(deployed: Deployed) -> None:
    (key,) = deployed.of("aws:kms/key:Key")
    arn = key["outputs"]["arn"]
    assert {each["inputs"]["kmsMasterKeyId"] for each in deployed.of("aws:sqs/queue:Queue")} == {arn}
    assert {each["inputs"]["kmsMasterKeyId"] for each in deployed.of("aws:sns/topic:Topic")} == {arn}
    policy = json.loads(key["inputs"]["policy"])
    services = {statement["Principal"].get("Service") for statement in policy["Statement"]}
    assert services == {None, "sns.amazonaws.com", "cloudwatch.amazonaws.com"}
    provision = deployed.named("aws:lambda/function:Function", "provision")["inputs"]
    assert provision["environment"]["variables"]["CLIENT_QUEUE_KMS_KEY"] == arn


def test_everything_that_takes_tags_has_the_stacks_and_its_algorithms(deployed: Deployed) -> None:
    stack = {"imaging:project": "imaging", "imaging:stack": "dev", "imaging:cost-centre": "radiology"}
    queue = deployed.named("aws:sqs/queue:Queue", "median-requests")
    tags = deployed.cloud.boto3_client("sqs").list_queue_tags(QueueUrl=queue["id"])["Tags"]
    assert tags == {**stack, "imaging:algorithm": "median"}
    vpc = deployed.of("aws:ec2/vpc:Vpc")[0]["inputs"]["tags"]  # a child of awsx
    assert vpc.items() >= stack.items()
    service = deployed.named("aws:ecs/service:Service", "median-service")["inputs"]["tags"]
    assert service == {**stack, "imaging:algorithm": "median"}


def test_every_route_asks_for_a_token_and_calls_are_noted(deployed: Deployed) -> None:
    (authorizer,) = deployed.of("aws:apigatewayv2/authorizer:Authorizer")
    routes = [each["inputs"] for each in deployed.of("aws:apigatewayv2/route:Route")]
    asked = {each["routeKey"]: (each["authorizationType"], each.get("authorizerId")) for each in routes}
    # what a browser asks before a call carries no token
    assert asked.pop("OPTIONS /{proxy+}") == ("NONE", None)
    assert len(asked) == len(ROUTES) + 1, "the last is $default"
    signed = {key for key, (kind, _) in asked.items() if kind == "AWS_IAM"}
    assert signed == {f"{each.method} {each.path}" for each in ROUTES if each.operator and not each.sign_in}
    assert {by for key, by in asked.items() if key not in signed} == {("JWT", authorizer["id"])}
    scopes = {each["routeKey"]: each["authorizationScopes"] for each in routes if each.get("authorizationScopes")}
    assert scopes == {"GET /operations/system": ["imaging/operate"]}
    (stage,) = deployed.of("aws:apigatewayv2/stage:Stage")
    assert "$context.routeKey" in stage["inputs"]["accessLogSettings"]["format"]
    assert deployed.outputs["ProcessingApiEndpoint"] == "https://imaging.example.org"
    assert deployed.outputs["ProcessingApiDomainTarget"]


def test_every_log_is_kept_for_a_time(deployed: Deployed) -> None:
    groups = deployed.cloud.boto3_client("logs").describe_log_groups()["logGroups"]
    made = {each["outputs"]["name"] for each in deployed.of("aws:cloudwatch/logGroup:LogGroup")}
    assert {each["retentionInDays"] for each in groups if each["logGroupName"] in made} == {7}


def test_the_page_knows_below_which_paths_the_apis_are(deployed: Deployed) -> None:
    bucket = deployed.named("aws:s3/bucket:Bucket", "web")["id"]
    s3 = deployed.cloud.boto3_client("s3")
    config = json.loads(s3.get_object(Bucket=bucket, Key="config.json")["Body"].read())
    assert config == {
        "API_BASE": "/api",
        "PACS_API_BASE": "/pacs",
        "AUTH": "jwt",
        "OIDC": {"issuer": "https://login.example.org", "client_id": "page", "scope": "openid"},
        "OPERATORS": True,
    }
    (policy,) = deployed.of("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy")
    said = policy["inputs"]["securityHeadersConfig"]["contentSecurityPolicy"]["contentSecurityPolicy"]
    outputs = f"https://{deployed.outputs['OutputBucket']}.s3.eu-south-1.amazonaws.com"
    assert f"connect-src 'self' {outputs} https://login.example.org;" in said
    assert f"img-src 'self' data: {outputs};" in said
    assert s3.head_object(Bucket=bucket, Key="index.html")["ContentType"] == "text/html"
    assert deployed.outputs["WebUrl"].startswith("https://")


def test_no_policy_comes_near_to_what_iam_takes(deployed: Deployed) -> None:
    sizes = {each["name"]: len(each["inputs"]["policy"]) for each in deployed.of("aws:iam/rolePolicy:RolePolicy")}
    assert max(sizes.values()) < 5000, sizes


def test_the_scaler_may_change_the_algorithms_services_and_no_other(deployed: Deployed) -> None:
    policy = json.loads(deployed.named("aws:iam/rolePolicy:RolePolicy", "scaler-policy")["inputs"]["policy"])
    (statement,) = [each for each in policy["Statement"] if "ecs:UpdateService" in each["Action"]]
    assert statement["Action"] == ["ecs:DescribeServices", "ecs:UpdateService"]
    cluster = deployed.of("aws:ecs/cluster:Cluster")[0]["outputs"]
    assert statement["Condition"] == {"ArnEquals": {"ecs:cluster": cluster["arn"]}}
    (pattern,) = statement["Resource"]
    assert pattern.endswith(f":service/{cluster['name']}/*-service-*")
    names = [each["outputs"]["name"] for each in deployed.of("aws:ecs/service:Service")]
    (other,) = [name for name in names if "-service-" not in name]  # the PACS API's
    assert other.startswith("pacs-api-")


def container(deployed: Deployed, name: str) -> dict[str, str]:
    """Return the environment of a task's only container."""
    made = deployed.named("aws:ecs/taskDefinition:TaskDefinition", name)["inputs"]
    (only,) = json.loads(made["containerDefinitions"])
    return {each["name"]: each["value"] for each in only["environment"]}


def test_the_pacs_api_takes_the_tokens_that_the_processing_api_takes(deployed: Deployed) -> None:
    told = container(deployed, "pacs-api")
    assert told["JWT_ISSUER"] == CHANGES["apiJwtIssuer"]
    assert json.loads(told["JWT_AUDIENCES"]) == CHANGES["apiJwtAudiences"]


def test_only_those_who_read_the_archive_may_use_its_key(deployed: Deployed) -> None:
    readers = {
        each["name"]: statement["Action"]
        for each in deployed.of("aws:iam/rolePolicy:RolePolicy")
        for statement in json.loads(each["inputs"]["policy"])["Statement"]
        if KEY in statement["Resource"]
    }
    workers = {f"{name.replace('_', '-')}-service-task-policy" for name in load_registry()}
    assert readers == {name: ["kms:Decrypt"] for name in workers | {"pacs-api-task-policy"}}


def test_functions_behind_tokens_look_at_no_address(deployed: Deployed) -> None:
    for function in deployed.of("aws:lambda/function:Function"):
        assert "ALLOWED_CIDRS" not in function["inputs"]["environment"]["variables"], function["name"]
