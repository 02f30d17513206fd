"""What CloudFormation writes otherwise of CloudFront and of the HTTP API."""

from typing import Any

Properties = dict[str, Any]


def origin(given: Properties) -> Properties:
    made: Properties = {"Id": given["originId"], "DomainName": given["domainName"]}
    if given.get("originAccessControlId"):
        made["OriginAccessControlId"] = given["originAccessControlId"]
    if custom := given.get("customOriginConfig"):
        made["CustomOriginConfig"] = {
            "HTTPPort": custom["httpPort"],
            "HTTPSPort": custom["httpsPort"],
            "OriginProtocolPolicy": custom["originProtocolPolicy"],
            "OriginSSLProtocols": custom["originSslProtocols"],
            "OriginReadTimeout": custom.get("originReadTimeout", 30),
        }
    elif inner := given.get("vpcOriginConfig"):
        made["VpcOriginConfig"] = {key[:1].upper() + key[1:]: value for key, value in inner.items()}
    else:
        made["S3OriginConfig"] = {"OriginAccessIdentity": ""}
    return made


def behaviour(given: Properties) -> Properties:
    made = {key[:1].upper() + key[1:]: value for key, value in given.items() if key != "functionAssociations"}
    if called := given.get("functionAssociations"):
        made["FunctionAssociations"] = [
            {"EventType": one["eventType"], "FunctionARN": one["functionArn"]} for one in called
        ]
    return made


def distribution(inputs: Properties, made: Properties) -> Properties:
    config = made["DistributionConfig"]
    config["Origins"] = [origin(one) for one in inputs["origins"]]
    config["DefaultCacheBehavior"] = behaviour(inputs["defaultCacheBehavior"])
    if ordered := inputs.get("orderedCacheBehaviors"):
        config["CacheBehaviors"] = [behaviour(one) for one in ordered]
    if errors := inputs.get("customErrorResponses"):
        config["CustomErrorResponses"] = [
            {key.replace("Ttl", "TTL")[:1].upper() + key.replace("Ttl", "TTL")[1:]: value for key, value in one.items()}
            for one in errors
        ]
    config["ViewerCertificate"] = {
        "CloudFrontDefaultCertificate" if key == "cloudfrontDefaultCertificate" else key[:1].upper() + key[1:]: value
        for key, value in inputs["viewerCertificate"].items()
    }
    return made


def cloudfront_function(inputs: Properties, made: Properties) -> Properties:
    config = {"Comment": inputs.get("comment") or "", "Runtime": inputs["runtime"]}
    # a deployment does not tell the code of what it made
    return {"Name": inputs["name"], "FunctionCode": "...", "FunctionConfig": config, "AutoPublish": True}


def vpc_origin(inputs: Properties, made: Properties) -> Properties:
    given = inputs["vpcOriginEndpointConfig"]
    config = {
        "Name": given["name"],
        "Arn": given["arn"],
        "HTTPPort": given["httpPort"],
        "HTTPSPort": given["httpsPort"],
        "OriginProtocolPolicy": given["originProtocolPolicy"],
        "OriginSSLProtocols": given["originSslProtocols"]["items"],
    }
    return {"VpcOriginEndpointConfig": config, **({"Tags": made["Tags"]} if "Tags" in made else {})}


def headers(inputs: Properties, made: Properties) -> Properties:
    if transport := made["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"].get("StrictTransportSecurity"):
        transport["AccessControlMaxAgeSec"] = int(transport["AccessControlMaxAgeSec"])
    return made


def authorizer(inputs: Properties, made: Properties) -> Properties:
    jwt = inputs["jwtConfiguration"]
    return {**made, "JwtConfiguration": {"Issuer": jwt["issuer"], "Audience": jwt["audiences"]}}


def domain(inputs: Properties, made: Properties) -> Properties:
    configuration = made.pop("DomainNameConfiguration")
    return {**made, "DomainNameConfigurations": [configuration]}


def stage(inputs: Properties, made: Properties) -> Properties:
    """Return its properties; CloudFormation has the settings of routes by the routes' keys."""
    routes = {each["RouteKey"]: {key: each[key] for key in each if key != "RouteKey"} for each in made["RouteSettings"]}
    return {**made, "RouteSettings": routes}


EDGE = {
    "aws:apigatewayv2/stage:Stage": stage,
    "aws:apigatewayv2/authorizer:Authorizer": authorizer,
    "aws:apigatewayv2/domainName:DomainName": domain,
    "aws:cloudfront/distribution:Distribution": distribution,
    "aws:cloudfront/function:Function": cloudfront_function,
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": headers,
    "aws:cloudfront/vpcOrigin:VpcOrigin": vpc_origin,
}
