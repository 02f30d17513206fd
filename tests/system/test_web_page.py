"""The page as the program deploys it: one origin for its private files and both APIs, with a strict policy."""

import json
from collections.abc import Iterator

import pytest

from runtime.contracts.documents.docs_style import STYLE_SOURCE
from runtime.local.cloud import LocalCloud

# A page that the world reaches: the PACS API beside it asks for a token.
GUARDED = {
    "web": True,
    "pacsApiAllowHttp": False,
    "corsOrigins": [],
    "apiAuth": "jwt",
    "apiJwtIssuer": "https://login.example.org",
    "apiJwtAudiences": ["imaging"],
    "apiAllowedCidrs": [],
}


@pytest.fixture(scope="module")
def deployed_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalCloud, str]]:
    """A stack with the page, and the page's bucket."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<title>page</title>")
    cloud = LocalCloud(config={**GUARDED, "webFolder": str(folder)})
    try:
        cloud.emulator.start()
        cloud._pacs_bucket(cloud.emulator.boto3_client("s3"))
        cloud.deploy()
        (bucket,) = [
            made["id"] for made in cloud.resources if made["type"] == "aws:s3/bucket:Bucket" and made["name"] == "web"
        ]
        yield cloud, bucket
    finally:
        cloud.stop()


def test_the_page_is_served_with_its_configuration_and_policy(deployed_page: tuple[LocalCloud, str]) -> None:
    cloud, bucket = deployed_page
    outputs = cloud.outputs
    s3, cloudfront = cloud.emulator.boto3_client("s3"), cloud.emulator.boto3_client("cloudfront")
    (summary,) = cloudfront.list_distributions()["DistributionList"]["Items"]
    assert outputs["WebUrl"] == f"https://{summary['DomainName']}"
    config = json.loads(s3.get_object(Bucket=bucket, Key="config.json")["Body"].read())
    assert config == {"API_BASE": "/api", "PACS_API_BASE": "/pacs", "AUTH": "jwt"}
    assert outputs["PacsApiLB"] == f"{outputs['WebUrl']}/pacs"
    assert s3.head_object(Bucket=bucket, Key="index.html")["CacheControl"] == "no-cache"
    policy = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])
    (reader,) = [statement for statement in policy["Statement"] if statement["Effect"] == "Allow"]
    assert reader["Condition"]["StringEquals"]["aws:SourceArn"] == summary["ARN"]
    assert reader["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    behaviour = summary["DefaultCacheBehavior"]
    assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
    assert behaviour["FunctionAssociations"]["Quantity"] == 1
    headers = cloudfront.get_response_headers_policy(Id=behaviour["ResponseHeadersPolicyId"])
    security = headers["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    rules = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    assert f"script-src 'self'; style-src 'self' {STYLE_SOURCE};" in rules
    assert "unsafe" not in rules
    assert f"connect-src 'self' https://{outputs['OutputBucket']}.s3.eu-south-1.amazonaws.com;" in rules


def test_outputs_may_be_fetched_by_the_page_and_the_api_needs_no_cors_for_it(
    deployed_page: tuple[LocalCloud, str],
) -> None:
    cloud, _ = deployed_page
    (cors,) = cloud.emulator.boto3_client("s3").get_bucket_cors(Bucket=cloud.outputs["OutputBucket"])["CORSRules"]
    assert cors["AllowedOrigins"] == [cloud.outputs["WebUrl"]]
    (api,) = [made for made in cloud.resources if made["type"] == "aws:apigatewayv2/api:Api"]
    assert "corsConfiguration" not in api["inputs"]


def test_cloudfront_alone_reaches_the_load_balancer(deployed_page: tuple[LocalCloud, str]) -> None:
    cloud, _ = deployed_page
    made = {(each["type"].rsplit(":", 1)[-1], each["name"]): each for each in cloud.resources}
    balancer = made["LoadBalancer", "pacs-api"]
    assert balancer["inputs"]["internal"] is True
    groups = [made["SecurityGroup", f"pacs-api-{name}"]["id"] for name in ("front", "cloudfront")]
    assert balancer["inputs"]["securityGroups"] == groups
    rules = [each["inputs"] for (kind, _), each in made.items() if kind == "SecurityGroupIngressRule"]
    (entering,) = [rule for rule in rules if rule["securityGroupId"] in groups]
    assert entering["prefixListId"].startswith("pl-")
    assert (entering["fromPort"], entering["toPort"], entering["securityGroupId"]) == (80, 80, groups[1])
    listeners = [each["inputs"] for (kind, _), each in made.items() if kind == "Listener"]
    assert [(listener["port"], listener["protocol"]) for listener in listeners] == [(80, "HTTP")]
    origin = made["VpcOrigin", "web-pacs-api-http-80-443"]["inputs"]["vpcOriginEndpointConfig"]
    assert origin["arn"] == balancer["outputs"]["arn"]
