"""The page as the program deploys it: private files behind a distribution that adds a strict policy."""

import json
from pathlib import Path

import pytest

from runtime.local.deploy import DeploymentError, LocalCloud


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>page</title>")
    (tmp_path / "assets/index-abc.js").write_text("1")
    return tmp_path


def test_the_page_is_deployed_with_its_configuration_and_policy(built: Path) -> None:
    cloud = LocalCloud(config={"webPage": str(built)})
    try:
        cloud.emulator.start()
        cloud._pacs_bucket()
        cloud.deploy()
        outputs = cloud.outputs
        s3, cloudfront = cloud.emulator.client("s3"), cloud.emulator.client("cloudfront")
        (summary,) = cloudfront.list_distributions()["DistributionList"]["Items"]
        assert outputs["WebPageAddress"] == f"https://{summary['DomainName']}"
        bucket = summary["Origins"]["Items"][0]["DomainName"].split(".")[0]
        config = json.loads(s3.get_object(Bucket=bucket, Key="config.json")["Body"].read())
        assert config == {"API_BASE": outputs["ProcessingApiEndpoint"], "PACS_API_BASE": outputs["PacsApiLB"]}
        script = s3.head_object(Bucket=bucket, Key="assets/index-abc.js")
        assert script["ContentType"] == "text/javascript"
        assert "immutable" in script["CacheControl"]
        assert s3.head_object(Bucket=bucket, Key="index.html")["CacheControl"] == "no-cache"
        policy = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])
        (reader,) = [statement for statement in policy["Statement"] if statement["Effect"] == "Allow"]
        assert reader["Condition"]["StringEquals"]["aws:SourceArn"] == summary["ARN"]
        assert reader["Principal"] == {"Service": "cloudfront.amazonaws.com"}
        behaviour = summary["DefaultCacheBehavior"]
        assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
        headers = cloudfront.get_response_headers_policy(Id=behaviour["ResponseHeadersPolicyId"])
        security = headers["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        rules = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        assert "script-src 'self'; style-src 'self';" in rules
        assert "unsafe" not in rules
        api = "/".join(outputs["ProcessingApiEndpoint"].split("/")[:3])
        assert api in rules.partition("connect-src")[2].partition(";")[0]
    finally:
        cloud.stop()


def test_a_page_that_is_not_built_is_refused_by_name(tmp_path: Path) -> None:
    cloud = LocalCloud(config={"webPage": str(tmp_path)})
    try:
        cloud.emulator.start()
        cloud._pacs_bucket()
        with pytest.raises(DeploymentError, match=r"index\.html; run `make web`"):
            cloud.deploy()
    finally:
        cloud.stop()
