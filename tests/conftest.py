"""Servers that tests share: started once a session when first asked for, ended with it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import fastapi.dependencies.models
import hypothesis
import pytest

from services.settings import Settings
from services.stack.postgres import EmbeddedPostgres
from services.stack.valkey import EmbeddedValkey
from services.storage.database import Connection, connect
from tests.builders import rabbitmq, seaweed
from tests.builders.postgres import drop_database, hurry

# a busy machine stretches single examples; how fast things are is measured in benchmarks
hypothesis.settings.register_profile("busy_machine", deadline=None)
hypothesis.settings.load_profile("busy_machine")


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL with a migrated database `template_motcua` to copy from."""
    # not below pytest's own folder, which only root may enter: the server then runs as another user
    with TemporaryDirectory(prefix="motcua-postgres-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedPostgres(Path(folder))
        hurry(server)
        server.database("template_motcua")
        yield server
        server.stop()


@pytest.fixture
def own_postgres() -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL that a test may stop or break."""
    with TemporaryDirectory(prefix="motcua-postgres-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedPostgres(Path(folder))
        yield server
        server.stop()


@pytest.fixture
def database_template() -> str:
    """What the database of a test starts as; a folder that needs more in it makes its own."""
    return "template_motcua"


@pytest.fixture
def database_url(postgres: EmbeddedPostgres, database_template: str) -> Iterator[str]:
    """A database with all tables, of this test alone, gone after it."""
    name = f"test_{uuid4().hex}"
    yield postgres.copy_database(database_template, name)
    drop_database(postgres, name)


@pytest.fixture(scope="module", autouse=True)
def _forget_applications() -> Iterator[None]:
    """Let applications of a module go: FastAPI remembers the functions of thousands of them, 8 MB each."""
    yield
    for known in vars(fastapi.dependencies.models).values():
        if hasattr(known, "cache_clear"):
            known.cache_clear()


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """A connection to this test's database."""
    with connect(database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedValkey]:
    """The embedded broker."""
    server = EmbeddedValkey(tmp_path_factory.mktemp("valkey"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def rabbit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rabbitmq.RabbitNode]:
    """A private RabbitMQ node."""
    if why := rabbitmq.missing():
        pytest.skip(why)
    node = rabbitmq.RabbitNode(tmp_path_factory.mktemp("rabbitmq"))
    node.start()
    yield node
    node.stop()


@pytest.fixture(scope="session")
def seaweed_s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[seaweed.SeaweedServer]:
    """A private S3 server."""
    server = seaweed.SeaweedServer(tmp_path_factory.mktemp("seaweed"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of this test: its database, a folder as object store; no broker, open access."""
    return Settings(
        database_url=database_url, store_url=f"file://{tmp_path}/objects", data_folder=tmp_path / "data", access="open"
    )
