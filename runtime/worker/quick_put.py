"""Stores small objects for half of a call's usual CPU time: every job stores some, however short it is."""

from typing import Any
from urllib.parse import quote

import boto3
import urllib3
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError
from botocore.httpsession import get_cert_path


class QuickPut:
    """Signs with botocore, sends with urllib3; where that does not succeed, `s3` does it, with its retries and errors.

    What is saved are boto3's rules and hooks, which find the same address and headers anew for each object.
    Threads may share it.
    """

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._origin: str = s3.meta.endpoint_url
        self._credentials: Any = boto3.Session().get_credentials()
        trusted: dict[str, Any] = {"ca_certs": get_cert_path(True)} if self._origin.startswith("https:") else {}
        self._connections = urllib3.connection_from_url(self._origin, maxsize=8, timeout=10, **trusted)

    def put(self, key: str, body: bytes, media_type: str) -> None:
        """Store an object. Raises as boto3's `put_object` does."""
        if not self._sent(key, body, media_type):
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=media_type)

    def _sent(self, key: str, body: bytes, media_type: str) -> bool:
        if self._credentials is None:
            return False
        path = f"/{self._bucket}/{quote(key)}"
        request: Any = AWSRequest("PUT", self._origin + path, {"Content-Type": media_type}, body)
        try:
            credentials = self._credentials.get_frozen_credentials()
            S3SigV4Auth(credentials, "s3", self._s3.meta.region_name).add_auth(request)
            headers = dict(request.headers.items())
            return self._connections.urlopen("PUT", path, body, headers, retries=False).status == 200
        except (BotoCoreError, urllib3.exceptions.HTTPError):
            return False
