"""Stores small objects for a third of a call's usual CPU time: every job stores some, however short it is."""

import ssl
import threading
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit

import boto3
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError
from botocore.httpsession import get_cert_path
from urllib3.util.wait import wait_for_read

TIMEOUT = 10.0  # seconds


class QuickPut:
    """Signs with botocore, sends with http.client; where that fails, `s3` does it, with its retries and errors.

    What is saved are boto3's rules and hooks, which find the same address and headers anew for each object, and
    urllib3's pool. Threads may share it: each has a connection of its own, which ends with the thread.
    """

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._origin: str = s3.meta.endpoint_url
        self._credentials: Any = boto3.Session().get_credentials()
        self._trusted = (
            ssl.create_default_context(cafile=get_cert_path(True)) if self._origin.startswith("https:") else None
        )
        self._of_thread = threading.local()

    def put(self, key: str, body: bytes, media_type: str) -> None:
        """Store an object. Raises as boto3's `put_object` does."""
        if not self._sent(key, body, media_type):
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=media_type)

    def _sent(self, key: str, body: bytes, media_type: str) -> bool:
        if self._credentials is None:
            return False
        path = f"/{self._bucket}/{quote(key)}"
        request: Any = AWSRequest("PUT", self._origin + path, {"Content-Type": media_type}, body)
        connection = self._connection()
        try:
            credentials = self._credentials.get_frozen_credentials()
            S3SigV4Auth(credentials, "s3", self._s3.meta.region_name).add_auth(request)
            connection.request("PUT", path, body, dict(request.headers.items()))
            answer = connection.getresponse()
            answer.read()  # or the connection could not be used again
            return answer.status == 200
        except (BotoCoreError, HTTPException, OSError):
            connection.close()
            return False

    def _connection(self) -> HTTPConnection:
        """Return this thread's connection; where it is closed, by either side, the next request opens it again."""
        connection: HTTPConnection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = self._of_thread.connection = self._new()
        elif connection.sock is not None and wait_for_read(connection.sock, 0.0):
            connection.close()  # S3 has nothing to say before it is asked: it has hung up
        return connection

    def _new(self) -> HTTPConnection:
        address = urlsplit(self._origin).netloc
        if self._trusted is None:
            return HTTPConnection(address, timeout=TIMEOUT)
        return HTTPSConnection(address, timeout=TIMEOUT, context=self._trusted)
