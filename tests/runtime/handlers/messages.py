"""What a worker publishes, and what API Gateway hands to a function."""

import time
from typing import Any


def result(job: dict[str, Any], status: str = "succeeded", outputs: int = 1) -> dict[str, Any]:
    """What a worker would publish for a request message."""
    prefix = f"results/{job['client_id']}/{job['job_id']}/"
    return {
        "version": 1,
        "job_id": job["job_id"],
        "client_id": job["client_id"],
        "algorithm": job["algorithm"],
        "distribution": "demo-plugin 1.2",
        "status": status,
        "pacs": job["pacs"],
        "parameters": job["parameters"],
        "outputs": [
            {
                "name": f"preview-{index:04}.png",
                "kind": "preview",
                "key": f"{prefix}preview-{index:04}.png",
                "media_type": "image/png",
                "bytes": 3,
                "sha256": "0" * 64,
                "plane": index,
            }
            for index in range(outputs)
        ],
        "outputs_complete": True,
        "measurements": {},
        "missing": [],
        "error": None,
        "attempts": 1,
        "hops": {"accepted": job["accepted_at"], "published": int(time.time() * 1000)},
    }


def event(method: str, route: str, body: str = "", **headers: str) -> dict[str, Any]:
    """What API Gateway hands to a function."""
    return {
        "version": "2.0",
        "routeKey": f"{method} {route}",
        "rawPath": route,
        "headers": headers,
        "requestContext": {"http": {"method": method, "path": route}},
        "pathParameters": {"algorithm": "smooth"},
        "isBase64Encoded": False,
        **({"body": body} if body else {}),
    }
