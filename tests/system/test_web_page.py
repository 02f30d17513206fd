"""The page as the program deploys it: private files behind a distribution that adds a strict policy."""

import json
from collections.abc import Iterator

import pytest

from runtime.local.deploy import LocalCloud
from runtime.local.project import ROOT

# A page that the world reaches: the PACS API beside it asks for a token.
GUARDED = {
    "web": True,
    "apiAuth": "jwt",
    "apiJwtIssuer": "https://login.example.org",
    "apiJwtAudiences": ["imaging"],
    "apiAllowedCidrs": [],
}


@pytest.fixture
def page_is_built() -> bool:
    return (ROOT / "clients/web/dist/index.html").exists()


@pytest.fixture(scope="module")
def deployed_page() -> Iterator[tuple[LocalCloud, str]]:
    """A stack with the page, and the page's bucket."""
    cloud = LocalCloud(config=GUARDED)
    try:
        cloud.emulator.start()
        cloud._pacs_bucket()
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
    s3, cloudfront = cloud.emulator.client("s3"), cloud.emulator.client("cloudfront")
    (summary,) = cloudfront.list_distributions()["DistributionList"]["Items"]
    assert outputs["WebUrl"] == f"https://{summary['DomainName']}"
    config = json.loads(s3.get_object(Bucket=bucket, Key="config.json")["Body"].read())
    addresses = {"API_BASE": outputs["ProcessingApiEndpoint"], "PACS_API_BASE": outputs["PacsApiLB"]}
    assert config == {**addresses, "AUTH": "jwt"}
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
    assert "script-src 'self'; style-src 'self';" in rules
    assert "unsafe" not in rules
    assert "https://*.execute-api.eu-south-1.amazonaws.com" in rules.partition("connect-src")[2].partition(";")[0]


def test_a_page_that_is_not_built_says_so(deployed_page: tuple[LocalCloud, str], page_is_built: bool) -> None:
    cloud, bucket = deployed_page
    content = cloud.emulator.client("s3").get_object(Bucket=bucket, Key="index.html")["Body"].read().decode()
    assert ("has not been built" in content) != page_is_built
