# Every process of Motcua: API, relay and workers differ only in their command.
#   docker build -f deploy/images/motcua.Dockerfile -t motcua:0.1.0 .
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /build
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY services services
RUN python -m venv /opt/motcua \
    && /opt/motcua/bin/pip install --no-cache-dir --no-compile -c requirements.lock . \
    && /opt/motcua/bin/pip uninstall -y pip

FROM python:3.11.14-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin motcua
COPY --from=build /opt/motcua /opt/motcua
# one thread a process: two OpenMP threads on two busy cores cost four times the CPU time for the same page
ENV PATH=/opt/motcua/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 OMP_THREAD_LIMIT=1 HOME=/tmp
USER 10001:10001
WORKDIR /tmp
ENTRYPOINT ["motcua"]
CMD ["--help"]
