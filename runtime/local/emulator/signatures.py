"""Refuses calls of an HTTP API's AWS_IAM routes that AWS would refuse: MiniStack takes any Authorization header there.

A call passes if Signature Version 4 for execute-api in the API's region covers it, within five minutes, by credentials
that the emulator knows, and if these may do execute-api:Invoke on the route:
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any, Final

Answer = tuple[int, dict[str, str], bytes]
Execute = Callable[..., Awaitable[Answer]]
# API Gateway's own answer, which does not say why.
REFUSAL: Final = (403, {"Content-Type": "application/json"}, b'{"message":"Forbidden"}')
SERVICE: Final = "execute-api"
ACTION: Final = "execute-api:Invoke"


def verified(execute: Execute) -> Execute:
    """Return MiniStack's function that answers a call of an HTTP API, which then verifies signatures."""
    # Private to MiniStack: if one is no longer there, the emulator does not start.
    gateway = import_module("ministack.services.apigateway")
    apis, match = gateway._apis, gateway._match_route

    async def answer(
        api_id: str,
        stage: str,
        path: str,
        method: str,
        headers: Mapping[str, str],
        body: bytes,
        query: Mapping[str, Any],
        account: str,
        region: str,
        *rest: Any,
    ) -> Answer:
        route = match(api_id, method, "/" + path.lstrip("/")) if api_id in apis else None
        guarded = route is not None and route.get("authorizationType") == "AWS_IAM"
        if guarded and method != "OPTIONS":  # a preflight is answered before any route
            sent = {name.lower(): value for name, value in headers.items()}
            alone = sent.get("host", "").startswith(f"{api_id}.")
            signed_path = path if alone else f"/_aws/execute-api/{api_id}{path}"
            key = signer(method, signed_path, sent, body or b"", query or {}, account, region)
            resource = f"arn:aws:execute-api:{region}:{account}:{api_id}/{stage}/{method}{path}"
            if key is None or not _may(key, account, region, resource):
                return REFUSAL
        return await execute(api_id, stage, path, method, headers, body, query, account, region, *rest)

    return answer


def signer(
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    query: Mapping[str, Any],
    account: str,
    region: str,
) -> str | None:
    """Return the access key that signed a call in its headers, whose names are lowercase; None if none validly did."""
    sigv4, iam = import_module("ministack.core.sigv4"), import_module("ministack.core.iam_evaluator")
    if not headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 "):
        return None
    signature = sigv4.parse_header_signature(headers)
    if isinstance(signature, tuple) or not signature.access_key_id:  # else what is missing in it
        return None
    scope = (signature.region_set, signature.service, signature.region)
    covered = set(signature.signed_headers.split(";"))
    known_body = headers.get("x-amz-content-sha256", (digest := hashlib.sha256(body).hexdigest())) == digest
    if scope != (None, SERVICE, region) or not {"host", "x-amz-date"} <= covered or not known_body:
        return None
    if not _is_time(signature.amz_date) or sigv4.request_time_failure(signature):
        return None
    credential = iam.resolve_credential(signature.access_key_id, account, headers.get("x-amz-security-token", ""))
    if isinstance(credential, iam.CredentialResolutionError):
        return None
    secret = credential.secret_access_key
    wrong = sigv4.header_signature_failure(signature, secret, method, path, query, headers, body)
    return None if wrong else signature.access_key_id


def _may(key: str, account: str, region: str, resource: str) -> bool:
    iam = import_module("ministack.core.iam_evaluator")
    principal = iam.resolve_principal(key, account)
    if isinstance(principal, iam.AuthError):
        return False
    if principal.policies is None:  # the account itself
        return True
    context = iam.EvalContext(
        principal_arn=principal.arn,
        principal_type=principal.type,
        principal_account=principal.account,
        action=ACTION,
        resource_arn=resource,
        region=region,
        service_context={},
        principal_keys=principal.keys,
    )
    return iam.evaluate(context, principal.policies, *principal.limits).decision == "Allow"


def _is_time(text: str) -> bool:
    try:
        return bool(datetime.strptime(text, "%Y%m%dT%H%M%S%z"))
    except ValueError:
        return False
