"""Any S3 as object store, through the `minio` SDK."""

from pathlib import Path

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from services.storage.objects import StoreAway, StoreFull, check_passing

FULL = {"XMinioStorageFull", "InsufficientStorage", "507", "QuotaExceeded"}


class S3Store:
    """One bucket; it is made when first needed."""

    def __init__(self, endpoint: str, bucket: str, access_key: str, secret_key: str, *, secure: bool) -> None:
        # the road retries by rows: a client that retries by itself would only hold a worker
        pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=3, read=60), retries=False, maxsize=8)
        self._client = Minio(endpoint, access_key, secret_key, secure=secure, http_client=pool)
        self._bucket = bucket
        self._ready = False

    def put(self, key: str, path: Path, media_type: str = "application/octet-stream") -> None:
        """See `ObjectStore.put`."""
        if self.exists(key):
            return
        try:
            self._client.fput_object(self._bucket, key, str(path), content_type=media_type)
        except S3Error as error:
            if error.code in FULL:
                raise StoreFull from error
            raise StoreAway(error.code or "S3Error") from error
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise StoreAway(type(error).__name__) from error

    def get(self, key: str, path: Path) -> None:
        """See `ObjectStore.get`."""
        try:
            self._client.fget_object(self._bucket, key, str(path))
        except S3Error as error:
            raise StoreAway(error.code or "S3Error") from error
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise StoreAway(type(error).__name__) from error

    def exists(self, key: str) -> bool:
        """See `ObjectStore.exists`."""
        self._ensure_bucket()
        try:
            self._client.stat_object(self._bucket, key)
        except S3Error as error:
            if error.code in {"NoSuchKey", "NoSuchObject"}:
                return False
            raise StoreAway(error.code or "S3Error") from error
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise StoreAway(type(error).__name__) from error
        return True

    def remove(self, key: str) -> None:
        """See `ObjectStore.remove`."""
        check_passing(key)
        try:
            self._client.remove_object(self._bucket, key)
        except S3Error as error:
            raise StoreAway(error.code or "S3Error") from error
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise StoreAway(type(error).__name__) from error

    def check(self) -> None:
        """See `ObjectStore.check`."""
        self._ready = False
        self._ensure_bucket()

    def _ensure_bucket(self) -> None:
        if self._ready:
            return
        try:
            if not self._client.bucket_exists(self._bucket):
                self._client.make_bucket(self._bucket)
        except S3Error as error:
            if error.code not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                raise StoreAway(error.code or "S3Error") from error
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise StoreAway(type(error).__name__) from error
        self._ready = True
