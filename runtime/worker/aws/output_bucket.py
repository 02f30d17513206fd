"""The output bucket: a job's files, and its manifest after them."""

from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, NamedTuple

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes, keys
from runtime.contracts.messages import BadMessageError, decode_result
from runtime.contracts.models import JobResult
from runtime.contracts.results import fit
from runtime.errors import TransientError
from runtime.worker.jobs.outcome import Product

PARALLEL = 8  # uploads at a time: a job has many small previews
TRIES = 3  # to write a manifest that others write at the same time
CHANGED = {"PreconditionFailed", *aws_codes.NO_SUCH_KEY}  # what is there is not what was there
SMALL = 1 << 20  # bytes; a file of at most so many is read at once, a larger one is streamed


class Manifest(NamedTuple):
    """What is in the place of a job's manifest: a result, None if it is no result of the job; and its ETag."""

    result: JobResult | None
    tag: str


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
        """Write the manifest, the last object of a job, unless it has one; return the one that it has then.

        One that nobody can read is replaced, by one of several workers. Raises NewerMessageError.
        """
        condition = {"IfNoneMatch": "*"}
        for _ in range(TRIES):
            try:
                self._put_manifest(result, condition)
            except ClientError as error:
                if aws_codes.code(error.response) not in CHANGED:
                    raise
            else:
                return result
            known = self._manifest(result.client_id, result.job_id)
            if known is not None and known.result is not None:
                return known.result
            condition = {"IfNoneMatch": "*"} if known is None else {"IfMatch": known.tag}
        raise TransientError("the manifest of the job changes again and again")

    def manifest(self, client_id: str, job_id: str) -> JobResult | None:
        """Return the manifest of a job, or None if it has none yet that can be read. Raises NewerMessageError."""
        known = self._manifest(client_id, job_id)
        return None if known is None else known.result

    def close(self) -> None:
        """End the uploading threads."""
        self._pool.shutdown(cancel_futures=True)

    def _put_manifest(self, result: JobResult, condition: dict[str, str]) -> None:
        key = keys.manifest(result.client_id, result.job_id)
        body = fit.dumps(result.model_dump(mode="json")).encode()
        self._s3.put_object(Bucket=self.name, Key=key, Body=body, ContentType="application/json", **condition)

    def _manifest(self, client_id: str, job_id: str) -> Manifest | None:
        try:
            answer = self._s3.get_object(Bucket=self.name, Key=keys.manifest(client_id, job_id))
        except ClientError as error:
            if aws_codes.code(error.response) in aws_codes.NO_SUCH_KEY:
                return None
            raise
        content: bytes = answer["Body"].read()
        try:
            result = decode_result(content.decode(errors="replace"))
        except BadMessageError:
            return Manifest(None, answer["ETag"])
        is_own = (result.client_id, result.job_id) == (client_id, job_id)
        return Manifest(result if is_own else None, answer["ETag"])

    def _upload(self, prefix: str, product: Product) -> None:
        key = prefix + product.path.name
        with product.reader() as file:
            self._put(key, file.read() if product.bytes <= SMALL else file, product.media_type)

    def _put(self, key: str, body: bytes | IO[bytes], media_type: str) -> None:
        self._s3.put_object(Bucket=self.name, Key=key, Body=body, ContentType=media_type)
