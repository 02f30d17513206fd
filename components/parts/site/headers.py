"""The security headers of every answer of the page's CloudFront distribution."""

from collections.abc import Iterable

import pulumi
import pulumi_aws as aws

from runtime.contracts.origin import HEADERS, content_security_policy

YEAR = 31536000
# The entries of HEADERS for which CloudFront has fields of its own.
FIELDS = ("Referrer-Policy", "X-Content-Type-Options")


def headers_policy(
    name: str, outputs: pulumi.Input[str], sign_in: Iterable[str], parent: pulumi.Resource
) -> aws.cloudfront.ResponseHeadersPolicy:
    """Make the policy; `outputs` is the origin of the signed outputs, `sign_in` are the origins for signing in."""
    allowed = list(sign_in)
    policy = pulumi.Output.from_input(outputs).apply(lambda origin: content_security_policy(origin, allowed))
    security = aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgs(
        content_security_policy=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicyArgs(
            content_security_policy=policy, override=True
        ),
        content_type_options=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs(
            override=True
        ),
        frame_options=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigFrameOptionsArgs(
            frame_option="DENY", override=True
        ),
        referrer_policy=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs(
            referrer_policy=HEADERS["Referrer-Policy"], override=True
        ),
        strict_transport_security=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs(
            access_control_max_age_sec=YEAR, include_subdomains=True, override=True
        ),
    )
    others = [
        aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigItemArgs(header=header, value=value, override=True)
        for header, value in HEADERS.items()
        if header not in FIELDS
    ]
    return aws.cloudfront.ResponseHeadersPolicy(
        name,
        # the account has one namespace of policies, so the name contains the stack's
        name=f"{pulumi.get_project()}-{pulumi.get_stack()}-{name}",
        security_headers_config=security,
        custom_headers_config=aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigArgs(items=others),
        opts=pulumi.ResourceOptions(parent=parent),
    )
