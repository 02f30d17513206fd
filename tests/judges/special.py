"""Where CloudFormation differs in more than names: one function a type, from inputs to properties."""

import json
from typing import Any

from runtime.local.resources.base import pascal
from tests.judges.special_edge import EDGE

Properties = dict[str, Any]


def _dimensions(values: dict[str, str] | None) -> list[Properties]:
    return [{"Name": name, "Value": value} for name, value in (values or {}).items()]


def alarm(inputs: Properties, made: Properties) -> Properties:
    queries = []
    for query in inputs.get("metricQueries") or ():
        written = {key[:1].upper() + key[1:]: value for key, value in query.items() if key != "metric"}
        if metric := query.get("metric"):
            named = {"Namespace": metric["namespace"], "MetricName": metric["metricName"]}
            named["Dimensions"] = _dimensions(metric.get("dimensions"))
            written["MetricStat"] = {"Metric": named, "Period": metric["period"], "Stat": metric["stat"]}
        queries.append(written)
    own = {"Dimensions": _dimensions(inputs["dimensions"])} if inputs.get("dimensions") else {}
    return {**made, **own, **({"Metrics": queries} if queries else {})}


def table(inputs: Properties, made: Properties) -> Properties:
    kept = {key: made[key] for key in ("TableName", "BillingMode", "DeletionProtectionEnabled", "Tags") if key in made}
    attributes = [{"AttributeName": one["name"], "AttributeType": one["type"]} for one in inputs["attributes"]]
    written = {**kept, "KeySchema": _keys(inputs), "AttributeDefinitions": attributes}
    if indexes := inputs.get("globalSecondaryIndexes"):
        written["GlobalSecondaryIndexes"] = [
            {
                "IndexName": index["name"],
                "KeySchema": [
                    {"AttributeName": key["attributeName"], "KeyType": key["keyType"]} for key in index["keySchemas"]
                ],
                "Projection": {"ProjectionType": index["projectionType"]},
            }
            for index in indexes
        ]
    if ttl := inputs.get("ttl"):
        written["TimeToLiveSpecification"] = {"AttributeName": ttl["attributeName"], "Enabled": True}
    if encryption := inputs.get("serverSideEncryption"):
        written["SSESpecification"] = {"SSEEnabled": encryption["enabled"]}
    if recovery := inputs.get("pointInTimeRecovery"):
        written["PointInTimeRecoverySpecification"] = {"PointInTimeRecoveryEnabled": recovery["enabled"]}
    return written


def _keys(inputs: Properties) -> list[Properties]:
    kinds = {"hashKey": "HASH", "rangeKey": "RANGE"}
    return [{"AttributeName": inputs[key], "KeyType": kind} for key, kind in kinds.items() if inputs.get(key)]


def providers(inputs: Properties, made: Properties) -> Properties:
    return {"DefaultCapacityProviderStrategy": [], **made}  # what the call sends


def service(inputs: Properties, made: Properties) -> Properties:
    network = inputs["networkConfiguration"]
    public = "ENABLED" if network.get("assignPublicIp") else "DISABLED"
    config = {"Subnets": network["subnets"], "SecurityGroups": network["securityGroups"], "AssignPublicIp": public}
    deployment = {
        "DeploymentCircuitBreaker": made.pop("DeploymentCircuitBreaker", None),
        "MaximumPercent": made.pop("DeploymentMaximumPercent", None),
        "MinimumHealthyPercent": made.pop("DeploymentMinimumHealthyPercent", None),
    }
    made["DeploymentConfiguration"] = {key: value for key, value in deployment.items() if value is not None}
    return {**made, "NetworkConfiguration": {"AwsvpcConfiguration": config}}


def task(inputs: Properties, made: Properties) -> Properties:
    containers = json.loads(inputs["containerDefinitions"])
    written = pascal(containers)
    for given, container in zip(containers, written, strict=True):
        if "logConfiguration" in given:  # its options are the driver's own words
            container["LogConfiguration"]["Options"] = given["logConfiguration"]["options"]
    return {**made, "ContainerDefinitions": written}


def function(inputs: Properties, made: Properties) -> Properties:
    variables = inputs.get("environment", {}).get("variables")
    environment = {"Environment": {"Variables": variables}} if variables else {}
    return {**made, "Code": {"ZipFile": "packed by the deployment"}, **environment}


def balancer(inputs: Properties, made: Properties) -> Properties:
    logs = inputs.get("accessLogs")
    attributes = {
        "idle_timeout.timeout_seconds": made.pop("IdleTimeout", None),
        "deletion_protection.enabled": made.pop("EnableDeletionProtection", None),
        "routing.http.drop_invalid_header_fields.enabled": made.pop("DropInvalidHeaderFields", None),
        **({"access_logs.s3.enabled": logs["enabled"], "access_logs.s3.bucket": logs["bucket"]} if logs else {}),
    }
    kept = {key: value for key, value in made.items() if key not in ("AccessLogs", "Internal")}
    scheme = "internal" if inputs.get("internal") else "internet-facing"
    return {**kept, "Scheme": scheme, "LoadBalancerAttributes": _attributes(attributes)}


def target_group(inputs: Properties, made: Properties) -> Properties:
    delay = {"deregistration_delay.timeout_seconds": made.pop("DeregistrationDelay", None)}
    check = inputs.get("healthCheck", {})
    names = {
        "path": "HealthCheckPath",
        "interval": "HealthCheckIntervalSeconds",
        "timeout": "HealthCheckTimeoutSeconds",
        "healthyThreshold": "HealthyThresholdCount",
        "unhealthyThreshold": "UnhealthyThresholdCount",
    }
    own = {name: check[key] for key, name in names.items() if key in check}
    if "matcher" in check:
        own["Matcher"] = {"HttpCode": check["matcher"]}
    made.pop("HealthCheck", None)
    return {**made, **own, "TargetGroupAttributes": _attributes(delay)}


def event_invoke(inputs: Properties, made: Properties) -> Properties:
    return {"Qualifier": "$LATEST", **made}  # what the provider takes unless told otherwise


def listener(inputs: Properties, made: Properties) -> Properties:
    certificate = made.pop("CertificateArn", None)
    return {**made, **({"Certificates": [{"CertificateArn": certificate}]} if certificate else {})}


def queue_policy(inputs: Properties, made: Properties) -> Properties:
    return {"Queues": [inputs["queueUrl"]], "PolicyDocument": made["PolicyDocument"]}


def topic_policy(inputs: Properties, made: Properties) -> Properties:
    return {"Topics": [inputs["arn"]], "PolicyDocument": made["PolicyDocument"]}


def _attributes(values: Properties) -> list[Properties]:
    return [{"Key": key, "Value": str(value).lower()} for key, value in values.items() if value is not None]


SPECIAL = {
    **EDGE,
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
    "aws:dynamodb/table:Table": table,
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": providers,
    "aws:ecs/service:Service": service,
    "aws:ecs/taskDefinition:TaskDefinition": task,
    "aws:lambda/function:Function": function,
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": event_invoke,
    "aws:lb/listener:Listener": listener,
    "aws:lb/loadBalancer:LoadBalancer": balancer,
    "aws:lb/targetGroup:TargetGroup": target_group,
    "aws:sns/topicPolicy:TopicPolicy": topic_policy,
    "aws:sqs/queuePolicy:QueuePolicy": queue_policy,
}
