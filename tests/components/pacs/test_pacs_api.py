"""The PACS API's service and balancer."""

import json

from tests.components.stack import Stack


def test_the_pacs_api_is_reached_over_tls_from_the_named_ranges_alone(production: Stack) -> None:
    (balancer,) = production.of("LoadBalancer")
    assert balancer.inputs["internal"] is True
    assert balancer.inputs["dropInvalidHeaderFields"] is True
    (listener,) = production.of("Listener")
    assert (listener.inputs["port"], listener.inputs["protocol"]) == (443, "HTTPS")
    assert listener.inputs["sslPolicy"] == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    front, back = production.one("SecurityGroup", "pacs-api-front"), production.one("SecurityGroup", "pacs-api-tasks")
    entering = [rule.inputs for rule in production.of("SecurityGroupIngressRule")]
    ranges = {(rule.get("cidrIpv4"), rule["fromPort"]) for rule in entering if rule["securityGroupId"] == front.id}
    assert ranges == {("10.20.0.0/16", 443), ("10.30.0.0/16", 443)}
    (only,) = [rule for rule in entering if rule["securityGroupId"] == back.id]
    assert (only["referencedSecurityGroupId"], only["fromPort"]) == (front.id, 8080)
    assert production.outputs["PacsApiLB"] == "https://pacs.example.org"
    assert production.outputs["PacsApiDomainTarget"] == balancer.outputs["dnsName"]


def test_the_pacs_service_is_registered_on_the_containers_own_port(dev: Stack) -> None:
    service = dev.one("Service", "pacs-api").inputs
    assert [entry["containerPort"] for entry in service["loadBalancers"]] == [8080]
    (container,) = json.loads(dev.one("TaskDefinition", "pacs-api").inputs["containerDefinitions"])
    assert container["portMappings"] == [{"containerPort": 8080, "hostPort": 8080}]
    assert dev.one("TargetGroup", "pacs-api").inputs["healthCheck"]["path"] == "/health"


def test_a_task_of_the_pacs_api_has_time_to_start(dev: Stack) -> None:
    assert dev.one("Service", "pacs-api").inputs["healthCheckGracePeriodSeconds"] == 60
