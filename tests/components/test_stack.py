"""What the rest of the program makes, and how it looks from outside."""

import ast
import json
import re
from pathlib import Path

from algorithms.registry import load_registry
from components.parts.api.routes import ROUTES
from components.parts.names import logical_name
from runtime.contracts import shard_topics
from runtime.local.program.project import PACS_BUCKET, ROOT
from tests.components.stack import Deploy, Stack


def test_no_algorithm_is_named_in_the_infrastructure() -> None:
    names = list(load_registry())
    assert len(names) >= 3
    words = re.compile(rf"\b({'|'.join(re.escape(name) for name in names)})\b", re.IGNORECASE)

    def named(path: Path) -> list[str]:
        # texts and modules: a word in a docstring, or a function of numpy's, makes nothing depend on an algorithm
        tree = ast.parse(path.read_text())
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings]
        texts = [node.value for node in constants if isinstance(node.value, str)]
        modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        modules += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        return [match[0] for each in [*texts, *modules] if (match := words.search(each))]

    files = [ROOT / "__main__.py", *(ROOT / "components").rglob("*.py"), *(ROOT / "runtime").rglob("*.py")]
    assert len(files) > 50
    found = {str(path.relative_to(ROOT)): names for path in files if (names := named(path))}
    assert found == {}


def test_logical_names_are_kebab_case_and_without_the_stack(dev: Stack) -> None:
    for each in dev.all:
        if not each.type.startswith("pulumi:"):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.name), each.urn
            assert "dev" not in each.name.split("-"), each.urn


def test_everything_belongs_to_a_component(dev: Stack) -> None:
    outside = [each.name for each in dev.all if "$" not in each.urn.split("::")[2]]
    assert outside == []


def test_the_table_expires_and_can_be_restored(production: Stack) -> None:
    table = production.one("Table", "jobs").inputs
    assert table["ttl"] == {"attributeName": "expires", "enabled": True}
    assert table["pointInTimeRecovery"] == {"enabled": True}
    assert table["serverSideEncryption"] == {"enabled": True}
    assert table["deletionProtectionEnabled"] is True
    assert table["billingMode"] == "PAY_PER_REQUEST"


def test_the_output_bucket_is_closed_encrypted_and_expires(production: Stack) -> None:
    bucket = production.outputs["OutputBucket"]
    s3 = production.emulator.boto3_client("s3")
    assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
    encryption = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert encryption["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    (rule,) = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert rule["Expiration"]["Days"] == 90
    (statement,) = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert statement["Resource"] == [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    (cors,) = s3.get_bucket_cors(Bucket=bucket)["CORSRules"]
    assert cors["AllowedOrigins"] == ["https://viewer.example.org"]
    assert production.one("Bucket", "outputs").inputs["forceDestroy"] is False


def test_results_topics_are_fifo_and_leave_room_for_clients(production: Stack) -> None:
    topics = {each.name: each for each in production.of("Topic") if each.name != "alarms"}
    distributions = {logical_name(name) for name in load_registry().distributions}
    assert topics.keys() == {"results-0", "results-1", "results-2"} | {f"{name}-results" for name in distributions}
    alike = [{**each.inputs, "name": ""} for each in topics.values()]
    assert all(each["fifoTopic"] and each == alike[0] for each in alike)
    shards = [topics[f"results-{shard}"].outputs["arn"] for shard in range(3)]
    assert production.outputs["ImageResultsTopicArns"] == shards
    assert production.outputs["ImageResultsTopicArn"] == production.outputs["ImageResultsTopicArns"][0]
    variables = production.one("Function", "provision").inputs["environment"]["variables"]
    assert int(variables["CLIENTS_PER_SHARD"]) == 100
    found = shard_topics.read(variables)
    assert [found.arn(number) for number in range(found.count)] == shards
    assert not [each for each in production.of("TopicSubscription") if each.inputs["topic"] in shards]


def test_every_route_leads_to_its_handler(dev: Stack) -> None:
    integrations = {each.id: each.inputs["integrationUri"] for each in dev.of("Integration")}
    functions = {each.outputs["invokeArn"]: each.name for each in dev.of("Function")}
    routes = {
        each.inputs["routeKey"]: functions[integrations[each.inputs["target"].split("/")[1]]]
        for each in dev.of("Route")
        if "routeKey" in each.inputs
    }
    assert routes == {key: handler.replace("_", "-") for key, handler in ROUTES.items()}


def test_functions_share_one_bundle_and_stay_within_lambdas_limits(production: Stack) -> None:
    functions = production.of("Function")
    assert len({each.outputs["codeSha256"] for each in functions}) == 1
    for each in functions:
        assert each.inputs["runtime"] == "python3.13"
        assert each.inputs["architectures"] == ["x86_64"]
        variables = each.inputs["environment"]["variables"]
        assert sum(len(key) + len(value) for key, value in variables.items()) < 4096
        assert each.inputs["loggingConfig"]["logFormat"] == "JSON"
    assert all(each.inputs["retentionInDays"] == 365 for each in production.of("LogGroup"))


def test_dead_letters_of_every_algorithm_are_read(dev: Stack) -> None:
    dead = {each.outputs["arn"] for each in dev.of("Queue") if each.name.endswith("-dead-letters")}
    mappings = dev.of("EventSourceMapping")
    assert {each.inputs["eventSourceArn"] for each in mappings} == dead
    assert all(each.inputs["functionResponseTypes"] == ["ReportBatchItemFailures"] for each in mappings)


def test_the_api_is_throttled_and_answers_its_own_pages_alone(production: Stack) -> None:
    (stage,) = production.of("Stage")
    assert stage.inputs["defaultRouteSettings"] == {"throttlingBurstLimit": 200, "throttlingRateLimit": 100}
    assert stage.inputs["routeSettings"] == [
        {"routeKey": "POST /provision", "throttlingBurstLimit": 40, "throttlingRateLimit": 20}
    ]
    (api,) = production.of("Api")
    assert api.inputs["corsConfiguration"]["allowOrigins"] == ["https://viewer.example.org"]
    assert "x-client-token" in api.inputs["corsConfiguration"]["allowHeaders"]
    for permission in production.of("Permission"):
        assert permission.inputs["sourceArn"] == f"{api.outputs['executionArn']}/*"


def test_what_cannot_be_deployed_is_said_in_a_sentence(program: Deploy) -> None:
    error = program({"pacsBucket": ""})["error"]
    assert "imaging:pacsBucket is ''; it must be the name of an existing S3 bucket." in error
    assert "Traceback" not in error


def test_the_pacs_bucket_is_known_by_its_name_alone(dev: Stack) -> None:
    """AWS is never asked for it: that takes a dozen rights in the bucket's account."""
    assert PACS_BUCKET not in [each.outputs.get("bucket") for each in dev.all]
    assert dev.outputs["PacsBucket"] == PACS_BUCKET


def test_the_program_reads_as_a_table_of_contents() -> None:
    assert len(Path(ROOT / "__main__.py").read_text().splitlines()) < 150
