"""The one origin of the page: under which paths it serves the two APIs, and what its answers let a browser do.

The program sets it up on CloudFront; `runtime/local` serves the same on one machine.
"""

from collections.abc import Iterable
from typing import Final

from runtime.contracts.documents.docs_style import STYLE_SOURCE

API_PREFIX: Final = "/api"
PACS_PREFIX: Final = "/pacs"
# API Gateway's own limit is 30 s: its answer always comes first.
READ_SECONDS: Final = 60
# Headers of every answer besides the policy.
HEADERS: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def content_security_policy(outputs: str, sign_in: Iterable[str] = ()) -> str:
    """Return the policy: only the page's own files run, and it connects only to its own origin and to those given.

    The style of `GET /docs` is allowed by its digest. `outputs` is the origin of the signed outputs, `sign_in` are
    those where people sign in.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' {STYLE_SOURCE}",
            f"img-src 'self' data: {outputs}",
            " ".join(("connect-src 'self'", outputs, *sorted(set(sign_in)))),
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
