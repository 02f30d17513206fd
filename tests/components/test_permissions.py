"""Least privilege: what policies say, and that the system works with nothing more than that."""

import json
from typing import Any

from runtime.contracts.routes import ROUTES
from tests.components.stack import Stack

# The only actions of ours that AWS knows no resource for: named with one, they would be refused.
WITHOUT_RESOURCE = {"sns:Unsubscribe", "sqs:ListQueues"}


def every_statement(stack: Stack) -> list[tuple[str, dict[str, Any]]]:
    """Return every statement of every role, with its policy's name."""
    return [
        (each.name, statement)
        for each in stack.of("RolePolicy")
        for statement in json.loads(each.inputs["policy"])["Statement"]
    ]


def test_no_statement_allows_everything(production: Stack) -> None:
    statements = every_statement(production)
    assert len(statements) > 20
    for name, statement in statements:
        assert statement["Effect"] == "Allow"
        for action in statement["Action"]:
            assert "*" not in action, f"{name} allows {action}"
            if action in WITHOUT_RESOURCE:
                assert statement["Resource"] == ["*"], f"{name} allows {action} on nothing that AWS knows"
            else:
                assert "*" not in statement["Resource"], f"{name} allows {action} on everything"
        for resource in statement["Resource"]:
            assert resource == "*" or resource.startswith("arn:aws:"), f"{name}: {resource}"


def test_no_two_functions_or_services_share_a_role(production: Stack) -> None:
    functions = [each.inputs["role"] for each in production.of("Function")]
    tasks = [each.inputs["taskRoleArn"] for each in production.of("TaskDefinition")]
    assert len({*functions, *tasks}) == len(functions) + len(tasks)


def test_the_catalogue_may_only_write_its_log(production: Stack) -> None:
    (statement,) = production.statements("catalogue-policy")
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]


def test_the_scaler_alone_changes_how_many_tasks_a_service_has(production: Stack) -> None:
    may = {name for name, statement in every_statement(production) if "ecs:UpdateService" in statement["Action"]}
    assert may == {"scaler-policy"}
    assert all("autoscaling" not in json.dumps(statement) for _, statement in every_statement(production))


def test_the_router_may_call_the_scaler_and_no_other_function(production: Stack) -> None:
    calls = [each for each in production.statements("router-policy") if "lambda:InvokeFunction" in each["Action"]]
    assert [each["Resource"] for each in calls] == [[production.one("Function", "scaler").outputs["arn"]]]


def test_what_shows_the_system_may_only_read(production: Stack) -> None:
    actions = [action for each in production.statements("system-policy")[1:] for action in each["Action"]]
    assert {action.partition(":")[2].rstrip("s") for action in actions} == {
        "BatchGetItem",
        "DescribeService",
        "GetItem",
        "GetQueueAttribute",
        "GetQueueUrl",
        "Query",
        "Scan",
    }


def test_operators_routes_ask_for_a_signature_whatever_clients_are_asked_for(production: Stack, dev: Stack) -> None:
    for stack in (production, dev):
        routes = {
            each.inputs["routeKey"]: each.inputs["authorizationType"]
            for each in stack.of("Route")
            if "routeKey" in each.inputs
        }
        assert {key: kind for key, kind in routes.items() if "/operations/" in key} == {
            f"{route.method} {route.path}": "AWS_IAM" for route in ROUTES if route.operator
        }
        resource = stack.outputs["OperatorsResource"]
        assert resource == f"{stack.of('Api')[0].outputs['executionArn']}/*/*/operations/*"
        assert {route.path.split("/")[1] for route in ROUTES if route.operator} == {"operations"}
        assert not any("/operations" in route.path for route in ROUTES if not route.operator)


def test_a_worker_may_not_write_to_the_archive(production: Stack) -> None:
    for name in production.outputs["RequestQueues"]:
        for statement in production.statements(f"{name.replace('_', '-')}-service-task-policy"):
            if any("prod-pacs" in resource for resource in statement["Resource"]):
                assert set(statement["Action"]) <= {"s3:GetObject", "s3:ListBucket"}


def test_the_pacs_api_alone_may_write_to_the_archive_and_only_if_uploads_are_on(production: Stack, dev: Stack) -> None:
    keys = f"arn:aws:s3:::{production.outputs['PacsBucket']}/*/*/*.dcm"
    may = [(name, each["Resource"]) for name, each in every_statement(production) if "s3:PutObject" in each["Action"]]
    assert [each for each in may if "pacs" in "".join(map(str, each))] == [("pacs-api-task-policy", [keys])]
    assert all("s3:PutObject" not in each["Action"] for each in dev.statements("pacs-api-task-policy"))


def test_the_pacs_api_alone_is_told_to_name_patients_and_only_if_the_stack_says_so(
    production: Stack, dev: Stack
) -> None:
    told = [
        [each.name for each in stack.of("TaskDefinition") if "PATIENT_COLUMNS" in str(each.inputs)]
        for stack in (production, dev)
    ]
    assert (told[0], told[1]) == (["pacs-api"], [])


def test_a_worker_takes_from_its_own_queue_alone(production: Stack) -> None:
    arns = {each.name: each.outputs["arn"] for each in production.of("Queue")}
    for name in production.outputs["RequestQueues"]:
        kebab = name.replace("_", "-")
        allowed = [
            resource
            for statement in production.statements(f"{kebab}-service-task-policy")
            for resource in statement["Resource"]
            if ":sqs:" in resource
        ]
        assert allowed == [arns[f"{kebab}-requests"], arns[f"{kebab}-requests-overflow"]]


def test_a_distributions_topic_takes_results_from_those_that_end_jobs_alone(production: Stack) -> None:
    roles = {each.name: each.outputs["arn"] for each in production.of("Role")}
    topics = [each.outputs["arn"] for each in production.of("Topic") if each.name.endswith("-results")]
    policies = {each.inputs["arn"]: json.loads(each.inputs["policy"]) for each in production.of("TopicPolicy")}
    assert sorted(policies) == sorted(topics)
    for topic, policy in policies.items():
        (statement,) = policy["Statement"]
        assert statement["Principal"] == {
            "AWS": [roles[f"{each}-role"] for each in ("dead-letters", "jobs", "provision", "sweeper")]
        }
        assert (statement["Action"], statement["Resource"]) == (["sns:Publish"], [topic])
