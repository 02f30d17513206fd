"""Stores small objects for half of a call's usual CPU time: every job stores some, however short it is."""

import socket
from typing import Any
from urllib.parse import quote

import boto3
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session


class QuickPut:
    """Signs and sends with botocore's parts; where that does not succeed, `s3` does it, with its retries and errors.

    What is saved are boto3's rules and hooks, which find the same address and headers anew for each object.
    Threads may share it.
    """

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._address = f"{s3.meta.endpoint_url}/{bucket}/"
        self._credentials: Any = boto3.Session().get_credentials()
        at_once: Any = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]  # head and body are sent one after the other
        self._session = URLLib3Session(timeout=10, max_pool_connections=8, socket_options=at_once)

    def put(self, key: str, body: bytes, media_type: str) -> None:
        """Store an object. Raises as boto3's `put_object` does."""
        if not self._sent(key, body, media_type):
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=media_type)

    def _sent(self, key: str, body: bytes, media_type: str) -> bool:
        if self._credentials is None:
            return False
        request: Any = AWSRequest("PUT", self._address + quote(key), {"Content-Type": media_type}, body)
        try:
            credentials = self._credentials.get_frozen_credentials()
            S3SigV4Auth(credentials, "s3", self._s3.meta.region_name).add_auth(request)
            return self._session.send(request.prepare()).status_code == 200
        except BotoCoreError:
            return False
