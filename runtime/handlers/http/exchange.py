"""HTTP for the handlers: reads API Gateway's event (payload format 2.0), answers JSON and RFC 9457 problems."""

import base64
import binascii
import json
from collections.abc import Iterable
from typing import Any, Final, NamedTuple, cast

from runtime.contracts import problems
from runtime.handlers.problem import Problem

# Far above any real request, far below what SQS, SNS and the table's items can hold even when every character
# needs its escaped form.
BODY_BYTES: Final = 64 * 1024
# A list of a thousand inputs has 350 KB at most, and Lambda hands over 6 MB.
LIST_BYTES: Final = 512 * 1024
# Lists and objects within each other: far above any request, far below where Python's own recursion ends, which its
# versions put at different places.
MOST_LEVELS: Final = 100
# Seconds, by status: a busy service answers again in a moment, a limit has room once something has ended.
RETRY_AFTER: Final = {503: "2", 429: "30"}
Response = dict[str, Any]


class Request(NamedTuple):
    """One call."""

    method: str
    path: str
    route: str
    headers: dict[str, str]
    query: dict[str, str]
    parameters: dict[str, str]
    body: bytes
    subject: str = ""
    """Who signed in, as the JSON web token says if the stack asks for one."""
    operator: str = ""
    """The ARN of who signed the call for AWS, if its route asks for that."""
    scopes: tuple[str, ...] = ()
    """Of the JSON web token, if the route asks for one."""


def parse(event: dict[str, Any]) -> Request:
    """Return the call that an event of API Gateway describes."""
    http, authorizer = event["requestContext"]["http"], event["requestContext"].get("authorizer", {})
    claims = authorizer.get("jwt", {}).get("claims", {})
    body: str = event.get("body") or ""
    try:
        data = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Problem("bad_request", "The body cannot be read.") from error
    return Request(
        method=http["method"],
        path=event["rawPath"],
        route=event.get("routeKey", ""),
        headers={name.lower(): value for name, value in event.get("headers", {}).items()},
        query=event.get("queryStringParameters") or {},
        parameters=event.get("pathParameters") or {},
        body=data,
        subject=claims.get("sub", ""),
        operator=authorizer.get("iam", {}).get("userArn") or "",
        scopes=_scopes(claims),
    )


def _scopes(claims: dict[str, Any]) -> tuple[str, ...]:
    """Return a token's scopes: of `scope` or `scp`, as text with spaces, or as API Gateway writes a list: `[a b]`.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
    """
    texts = [claims.get(name) for name in ("scope", "scp")]
    return tuple(word for text in texts if isinstance(text, str) for word in text.strip("[]").split())


def read_json(body: bytes, most: int = BODY_BYTES) -> Any:
    """Return the body's JSON value; raise a Problem if it is too large, or not JSON that every part can pass on."""
    if len(body) > most:
        raise too_large(len(body), most)
    try:
        text = body.decode()
        value = json.loads(text, parse_constant=_refuse, parse_float=_float, parse_int=_int)
        if _levels_exceed(value, MOST_LEVELS):
            raise RecursionError
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair is no character
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is no part of a text in UTF-8; send the JSON as it is, without compressing it"
        raise Problem("not_json", f"The body is not JSON: {what}.") from error
    except RecursionError as error:
        raise Problem("not_json", "The body is not JSON: its lists and objects are nested too deep.") from error
    except ValueError as error:
        raise Problem("not_json", f"The body is not JSON: {str(error)[:200]}.") from error
    return value


def _levels_exceed(value: Any, most: int) -> bool:
    """Return whether more than `most` lists and objects lie within each other."""
    level = [value]
    for _ in range(most):
        level = [inner for each in level for inner in _inner(each)]
    return any(isinstance(each, dict | list) for each in level)


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).values()
    return cast("list[Any]", value) if isinstance(value, list) else ()


def too_large(size: int, most: int) -> Problem:
    """Return the problem of a body of `size` bytes."""
    return Problem("body_too_large", f"The body has {size} bytes; at most {most} are accepted.")


def respond(status: int, body: Any = None, headers: dict[str, str] | None = None) -> Response:
    """Return API Gateway's form of an answer; no body if `body` is None, text as it is."""
    answer: Response = {"statusCode": status, "headers": {"cache-control": "no-store", **(headers or {})}}
    if body is not None:
        answer["headers"].setdefault("content-type", "application/json")
        answer["body"] = body if isinstance(body, str) else json.dumps(body)
    return answer


def respond_problem(problem: Problem) -> Response:
    """Return a problem as an answer."""
    body = problems.body(problem.code, problem.detail, problem.errors)
    status: int = body["status"]
    headers = {"content-type": problems.MEDIA_TYPE}
    if status in RETRY_AFTER:
        headers["retry-after"] = RETRY_AFTER[status]
    return respond(status, body, headers)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a JSON number")


def _float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number is out of range")
    return value


def _int(text: str) -> int:
    if len(text) > 300:  # a double holds no more either
        raise ValueError("a number is out of range")
    return int(text)
