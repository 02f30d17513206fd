"""The output bucket: a job's files, and its manifest after them."""

from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes, fit, keys
from runtime.contracts.messages import decode_result
from runtime.contracts.models import JobResult
from runtime.worker.jobs.outcome import Product

PARALLEL = 8  # uploads at a time: a job has many small previews
SMALL = 1 << 20  # bytes; a file of at most so many is read at once, a larger one is streamed


class OutputBucket:
    """One output bucket. Threads may share it, as they may share `s3`."""

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self.name = bucket
        self._pool = ThreadPoolExecutor(PARALLEL, "upload")

    def store(self, prefix: str, products: tuple[Product, ...]) -> None:
        """Upload all files, or raise the error of one."""
        if len(products) < 2:
            for product in products:
                self._upload(prefix, product)
            return
        uploads = [self._pool.submit(self._upload, prefix, product) for product in products]
        for upload in uploads:
            upload.result()

    def commit(self, result: JobResult) -> JobResult:
        """Write the manifest, the last object of a job, unless it has one; return the one that it has then."""
        key = keys.manifest(result.client_id, result.job_id)
        body = fit.dumps(result.model_dump(mode="json")).encode()
        try:
            self._s3.put_object(Bucket=self.name, Key=key, Body=body, ContentType="application/json", IfNoneMatch="*")
        except ClientError as error:
            if aws_codes.code(error.response) != "PreconditionFailed":
                raise
            return self.manifest(result.client_id, result.job_id) or result
        return result

    def manifest(self, client_id: str, job_id: str) -> JobResult | None:
        """Return the manifest of a job, or None if it has none yet."""
        try:
            answer = self._s3.get_object(Bucket=self.name, Key=keys.manifest(client_id, job_id))
        except ClientError as error:
            if aws_codes.code(error.response) in aws_codes.NO_SUCH_KEY:
                return None
            raise
        return decode_result(answer["Body"].read().decode())

    def close(self) -> None:
        """End the uploading threads."""
        self._pool.shutdown(cancel_futures=True)

    def _upload(self, prefix: str, product: Product) -> None:
        key = prefix + product.path.name
        with product.reader() as file:
            self._put(key, file.read() if product.bytes <= SMALL else file, product.media_type)

    def _put(self, key: str, body: bytes | IO[bytes], media_type: str) -> None:
        self._s3.put_object(Bucket=self.name, Key=key, Body=body, ContentType=media_type)
