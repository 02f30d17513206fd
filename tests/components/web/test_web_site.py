"""The distribution: three origins, what is kept of their answers, and which addresses each one sees."""

import asyncio
import json
import os
import shutil
import subprocess
from types import SimpleNamespace
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest
from pulumi.runtime.settings import set_root_resource

from components.parts.site.functions import PAGE, WITHOUT_PREFIX
from components.web.web_site import WebSite, WebSiteArgs
from runtime.contracts.origin import API_PREFIX, PACS_PREFIX, content_security_policy
from runtime.local.page.proxy import without_prefix

FACTS = {
    "apiEndpoint": "https://a1b2.execute-api.eu-south-1.amazonaws.com",
    "bucketRegionalDomainName": "web.s3.eu-south-1.amazonaws.com",
    "domainName": "d1.cloudfront.net",
}
OUTPUTS = "https://outputs.s3.eu-south-1.amazonaws.com"


class Noted(pulumi.runtime.Mocks):
    """Makes nothing, and notes what was asked for."""

    def __init__(self) -> None:
        self.made: dict[str, dict[str, Any]] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.made[f"{args.typ.rsplit(':', 1)[-1]} {args.name}"] = dict(args.inputs)
        return args.name, {**FACTS, "arn": f"arn:{args.name}", **args.inputs}

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], None]:
        return {}, None


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    """What the site of a stack with sign-in asks for."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    nothing: Any = None
    set_root_resource(nothing)  # that of an earlier test belongs to another loop
    mocks = Noted()
    pulumi.runtime.set_mocks(mocks, project="imaging", stack="prod")
    gateway = aws.ec2.InternetGateway("gateway")
    pacs: Any = SimpleNamespace(
        name=pulumi.Output.from_input("pacs-api-1234567"),
        arn=pulumi.Output.from_input("arn:balancer"),
        dns_name=pulumi.Output.from_input("internal-pacs.eu-south-1.elb.amazonaws.com"),
        listeners=[],
        gateways=[gateway],
    )
    api = aws.apigatewayv2.Api("api", protocol_type="HTTP")
    site = WebSite("web", WebSiteArgs(api=api, pacs=pacs, outputs=OUTPUTS, sign_in=["https://login.example.org"]))
    assert loop.run_until_complete(site.pacs_url.future()) == "https://d1.cloudfront.net/pacs"
    return mocks.made


def test_each_origin_is_asked_in_its_own_way(made: dict[str, dict[str, Any]]) -> None:
    page, api, pacs = made["Distribution web"]["origins"]
    assert page["domainName"] == "web.s3.eu-south-1.amazonaws.com"
    assert page["originAccessControlId"] == "web"
    assert api["domainName"] == "a1b2.execute-api.eu-south-1.amazonaws.com"
    assert api["customOriginConfig"] == {
        "httpPort": 80,
        "httpsPort": 443,
        "originProtocolPolicy": "https-only",
        "originSslProtocols": ["TLSv1.2"],
        "originReadTimeout": 60,
    }
    assert pacs["domainName"] == "internal-pacs.eu-south-1.elb.amazonaws.com"
    assert pacs["vpcOriginConfig"] == {"vpcOriginId": "web-pacs-api-http-80-443", "originReadTimeout": 60}


def test_the_vpc_origin_leads_to_the_load_balancer_without_a_certificate(made: dict[str, dict[str, Any]]) -> None:
    assert made["VpcOrigin web-pacs-api-http-80-443"]["vpcOriginEndpointConfig"] == {
        "name": "pacs-api-1234567-http-80-443",
        "arn": "arn:balancer",
        "httpPort": 80,
        "httpsPort": 443,
        "originProtocolPolicy": "http-only",
        "originSslProtocols": {"items": ["TLSv1.2"], "quantity": 1},
    }


def test_apis_get_all_that_the_caller_says_and_nothing_is_kept(made: dict[str, dict[str, Any]]) -> None:
    behaviours = made["Distribution web"]["orderedCacheBehaviors"]
    assert {each["pathPattern"]: each["targetOriginId"] for each in behaviours} == {
        "/api/*": "processing-api",
        "/pacs/*": "pacs-api",
    }
    for each in behaviours:
        assert len(each["allowedMethods"]) == 7
        assert each["cachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
        assert each["originRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
        assert each["viewerProtocolPolicy"] == "https-only"
        assert each["responseHeadersPolicyId"] == "web"
        assert [one["functionArn"] for one in each["functionAssociations"]] == ["arn:web-prefix"]


def test_the_pages_own_addresses_are_rewritten_on_its_behaviour_alone(made: dict[str, dict[str, Any]]) -> None:
    behaviour = made["Distribution web"]["defaultCacheBehavior"]
    assert [one["functionArn"] for one in behaviour["functionAssociations"]] == ["arn:web"]
    assert made["Function web"]["code"] == PAGE


def test_errors_are_passed_on_and_not_kept(made: dict[str, dict[str, Any]]) -> None:
    responses = made["Distribution web"]["customErrorResponses"]
    assert responses == [{"errorCode": code, "errorCachingMinTtl": 0} for code in (404, 500, 501, 502, 503, 504)]


def test_the_policy_names_the_bucket_and_the_issuer(made: dict[str, dict[str, Any]]) -> None:
    security = made["ResponseHeadersPolicy web"]["securityHeadersConfig"]
    rules = security["contentSecurityPolicy"]["contentSecurityPolicy"]
    assert rules == content_security_policy(OUTPUTS, ["https://login.example.org"])
    assert f"connect-src 'self' {OUTPUTS} https://login.example.org;" in rules
    custom = made["ResponseHeadersPolicy web"]["customHeadersConfig"]["items"]
    assert {each["header"] for each in custom} == {"Cross-Origin-Opener-Policy", "Permissions-Policy"}


def run(code: str, addresses: list[str]) -> list[str]:
    """Return what a viewer-request function makes of addresses, by Node."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI"):
            raise FileNotFoundError("needs node")
        pytest.skip("needs node")
    ask = f"{code}; const uris = {json.dumps(addresses)};"
    ask += "console.log(JSON.stringify(uris.map((uri) => handler({request: {uri}}).uri)));"
    return json.loads(subprocess.run([node, "-e", ask], capture_output=True, text=True, check=True).stdout)


def test_both_origins_take_off_the_same_prefix() -> None:
    below = ["/", "/jobs/1", "/studies/1.2/series/a%2Fb/images/3", "/api/x", "/pacs/x"]
    for prefix in (API_PREFIX, PACS_PREFIX):
        asked = [prefix + path for path in below]
        assert run(WITHOUT_PREFIX, asked) == below
        assert [without_prefix(address, prefix) for address in asked] == below


def test_the_pages_own_addresses_lead_to_the_page() -> None:
    asked = ["/", "/jobs", "/studies/1.2.840/series/1.3", "/assets/index-abc.js", "/config.json", "/api", "/pacs"]
    page = "/index.html"
    assert run(PAGE, asked) == [page, page, page, "/assets/index-abc.js", "/config.json", page, page]
