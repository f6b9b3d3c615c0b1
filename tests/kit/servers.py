"""Real servers for tests: one Kafka and one Postgres for the whole run, one clean environment for each test.

    @pytest.mark.servers
    async def test_a_row_stays(fresh_env: FreshEnvironment) -> None:
        pool = await asyncpg.create_pool(fresh_env.settings.postgres_dsn_of("rating"))

Containers where a Docker engine answers, the embedded servers elsewhere; a test can't tell which. Servers start when
the first test asks for them. A clean environment is a prefix of its own (`METERLOG_ENV`) for topics, groups and
transactions, and a set of empty databases; it costs about a fifth of a second, and less where a test says which
databases it needs: `@pytest.mark.databases("payments")`.
"""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from pydantic import SecretStr

from meterlog.installation import DATABASES
from shared.embedded.databases import create_databases, drop_databases
from shared.embedded.kafka import BROKER_SETTINGS, EmbeddedKafka
from shared.embedded.ports import Ports
from shared.embedded.postgres import EmbeddedPostgres
from shared.embedded.storage import RELEASE
from shared.engine.settings import Settings

PARTITIONS = 4

NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""Faster, and no less true in a test: what a killed server had written is still with the operating system."""

CONNECTIONS = {"max_connections": "400"}
"""Two whole products are on it at times, the played demo and a story's own."""


@dataclass(frozen=True, kw_only=True)
class Servers:
    """Addresses of the servers of this run."""

    kafka_bootstrap_servers: str
    postgres_dsn: str
    """A DSN that may do everything; tests of the product use those of `FreshEnvironment`."""


@dataclass(frozen=True, kw_only=True)
class FreshEnvironment:
    """A prefix nobody used before and empty databases."""

    env: str
    settings: Settings
    """Settings of any process of this environment: addresses, keys and all DSNs."""
    servers: Servers


@contextmanager
def data_directory() -> Iterator[Path]:
    """A directory for the data of servers, gone after the block.

    Not pytest's `tmp_path`: above that, each run of pytest closes a folder to everybody but its owner, and Postgres,
    which runs as a user of its own where we are root, would lose its data when a second run begins.
    """
    with tempfile.TemporaryDirectory(prefix="meterlog-test-", ignore_cleanup_errors=True) as directory:
        yield Path(directory)


@asynccontextmanager
async def running_servers() -> AsyncIterator[Servers]:
    """Servers that live as long as the block."""
    with data_directory() as directory:
        runner = _containers() if docker_answers() else _embedded(directory)
        async with runner as servers:
            yield servers


@asynccontextmanager
async def fresh_environment(
    servers: Servers, data_dir: Path, *, databases: Sequence[str] = DATABASES
) -> AsyncIterator[FreshEnvironment]:
    """An environment that is gone after the block; its topics stay, unread, until the broker stops. `databases`: fewer
    than the product has cost less.
    """
    env = f"t{secrets.token_hex(4)}"
    passwords = dict.fromkeys(databases, secrets.token_hex(8))
    dsns = await create_databases(servers.postgres_dsn, passwords, suffix=f"_{env}", strategy="file_copy")
    settings = Settings.model_validate(
        {
            "env": env,
            "data_dir": data_dir,
            "partitions": PARTITIONS,
            "log_format": "console",
            "kafka_bootstrap_servers": servers.kafka_bootstrap_servers,
            "token_key": SecretStr(secrets.token_urlsafe(32)),
            "vault_key": SecretStr(secrets.token_urlsafe(32)),
        }
    ).with_databases(dsns)
    try:
        yield FreshEnvironment(env=env, settings=settings, servers=servers)
    finally:
        await drop_databases(servers.postgres_dsn, passwords, suffix=f"_{env}")


def docker_answers() -> bool:
    """Whether a Docker engine (not just its client) is there."""
    import docker
    from docker.errors import DockerException

    try:
        return bool(docker.from_env(timeout=2).ping())
    except DockerException:
        return False


@asynccontextmanager
async def _embedded(directory: Path) -> AsyncIterator[Servers]:
    ports = Ports(directory / "ports.json")
    kafka = EmbeddedKafka(directory / "kafka", broker_port=ports["kafka"], controller_port=ports["controller"])
    postgres = EmbeddedPostgres(
        directory / "postgres",
        port=ports["postgres"],
        password=secrets.token_urlsafe(16),
        settings=NOT_DURABLE | CONNECTIONS,
    )
    try:
        # One after the other would cost the sum; both prepare and start in the background of each other.
        await postgres.prepare()
        postgres.launch()
        bootstrap_servers = await kafka.start()
        await postgres.wait_until_ready()
        yield Servers(kafka_bootstrap_servers=bootstrap_servers, postgres_dsn=postgres.dsn)
    finally:
        await kafka.stop()
        await postgres.stop()


@asynccontextmanager
async def _containers() -> AsyncIterator[Servers]:
    from testcontainers.core.container import DockerContainer

    with tempfile.TemporaryDirectory() as directory:
        ports = Ports(Path(directory) / "ports.json")
        kafka_port, postgres_port = ports["kafka"], ports["postgres"]
    password = secrets.token_urlsafe(16)
    kafka = DockerContainer(f"apache/kafka:{RELEASE}").with_bind_ports(kafka_port, kafka_port)
    for name, value in _kafka_environment(kafka_port).items():
        kafka = kafka.with_env(name, value)
    postgres = (
        DockerContainer("postgres:18")
        .with_bind_ports(5432, postgres_port)
        .with_env("POSTGRES_PASSWORD", password)
        .with_command(
            ["postgres", *(word for item in {**NOT_DURABLE, **CONNECTIONS}.items() for word in ("-c", "=".join(item)))]
        )
    )
    with await asyncio.to_thread(kafka.start), await asyncio.to_thread(postgres.start):
        servers = Servers(
            kafka_bootstrap_servers=f"127.0.0.1:{kafka_port}",
            postgres_dsn=f"postgresql://postgres:{password}@127.0.0.1:{postgres_port}/postgres",
        )
        await _until_both_answer(servers)
        yield servers


def _kafka_environment(port: int) -> dict[str, str]:
    """The broker's settings as the image takes them. It advertises the address under which the host reaches it."""
    addresses = {
        "controller.quorum.voters": "1@localhost:9093",
        "listeners": f"PLAINTEXT://:{port},CONTROLLER://:9093",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
    }
    settings = {**BROKER_SETTINGS, **addresses}
    return {f"KAFKA_{name.replace('.', '_').upper()}": value for name, value in settings.items()}


async def _until_both_answer(servers: Servers, deadline_s: float = 60) -> None:
    """An open port says nothing here: Docker's own proxy opens it before the server does."""
    async with asyncio.timeout(deadline_s):
        while True:
            try:
                admin = AIOKafkaAdminClient(bootstrap_servers=servers.kafka_bootstrap_servers)
                try:
                    await admin.start()
                finally:
                    await admin.close()
                await (await asyncpg.connect(servers.postgres_dsn, timeout=2)).close()
                return
            except (KafkaError, asyncpg.PostgresError, OSError):
                await asyncio.sleep(0.2)
