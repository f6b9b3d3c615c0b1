"""Kafka and Postgres under a supervisor, or given ones: two ways to the same addresses.

    settings = await start_servers(settings, installation, directory, supervisor, ports, say=print)    # embedded
    settings = await use_servers(settings, installation, directory)                                    # --external

Both return the settings with every address and key filled in, databases and topics made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from pydantic import SecretStr

from shared.embedded.databases import create_databases
from shared.embedded.directory import DataDirectory
from shared.embedded.kafka import EmbeddedKafka
from shared.embedded.ports import Ports
from shared.embedded.postgres import EmbeddedPostgres
from shared.embedded.programs import Installation
from shared.embedded.supervisor import Supervisor
from shared.engine import topics
from shared.engine.postgres import server_connections
from shared.engine.settings import MissingSetting, Settings


async def start_servers(
    settings: Settings,
    installation: Installation,
    directory: DataDirectory,
    supervisor: Supervisor,
    ports: Ports,
    *,
    say: Callable[[str], None],
    connect: Callable[[Settings], None] = lambda _settings: None,
) -> Settings:
    """Start both servers at the same time; databases are made while Kafka is still starting.

    `connect` is told the addresses as soon as there are databases: what it starts waits for Kafka by itself, and has
    read its code by then.
    """
    kafka = EmbeddedKafka(
        directory.path / "kafka",
        broker_port=ports["kafka"],
        controller_port=ports["kafka-controller"],
        log=directory.logs / "kafka.log",
        say=say,
    )
    postgres = EmbeddedPostgres(
        directory.path / "postgres",
        port=ports["postgres"],
        password=directory.secrets().postgres,
        log=directory.logs / "postgres.log",
        settings={"max_connections": str(server_connections(len(installation.databases), settings.partitions))},
    )
    say("starting Kafka and Postgres")
    embedded = {"kafka_bootstrap_servers": kafka.bootstrap_servers, "kafka_security_protocol": "PLAINTEXT"}
    settings = _with_keys(settings.model_copy(update={**embedded, "postgres_dsn": None}), directory)
    async with asyncio.TaskGroup() as group:
        group.create_task(_start_kafka(kafka, supervisor, settings, installation))
        passwords = directory.secrets(installation.databases).databases
        settings = settings.with_databases(await _start_postgres(postgres, passwords, supervisor))
        connect(settings)
    return settings


async def use_servers(settings: Settings, installation: Installation, directory: DataDirectory) -> Settings:
    """Use the given cluster and databases; returns the settings with every address.

    Databases without a DSN of their own are made on the server of POSTGRES_DSN, and their roles get the passwords of
    this data directory: where several machines share a server, give each service its DSN instead.
    """
    settings.kafka_options()  # raises MissingSetting
    missing = [name for name in installation.databases if name not in settings.database_dsns]
    if missing:
        if settings.postgres_dsn is None:
            raise MissingSetting("no database server: set POSTGRES_DSN, or METERLOG_<SERVICE>_POSTGRES_DSN for each")
        passwords = directory.secrets(missing).databases
        dsns = await create_databases(
            settings.postgres_dsn.get_secret_value(), {name: passwords[name] for name in missing}
        )
        settings = settings.with_databases(dsns)
    used = _with_keys(settings.model_copy(update={"postgres_dsn": None}), directory)
    await topics.apply(used, installation.topics(used))
    return used


async def _start_kafka(
    kafka: EmbeddedKafka, supervisor: Supervisor, settings: Settings, installation: Installation
) -> None:
    supervisor.keep(await kafka.prepare())
    await kafka.wait_until_ready()
    await topics.apply(settings, installation.topics(settings))


async def _start_postgres(
    postgres: EmbeddedPostgres, passwords: Mapping[str, str], supervisor: Supervisor
) -> dict[str, str]:
    supervisor.keep(await postgres.prepare())
    await postgres.wait_until_ready()
    return await create_databases(postgres.dsn, passwords)


def _with_keys(settings: Settings, directory: DataDirectory) -> Settings:
    """Keys that were not given are those of the data directory."""
    secrets = directory.secrets()
    return settings.model_copy(
        update={
            "token_key": settings.token_key or SecretStr(secrets.token_key),
            "vault_key": settings.vault_key or SecretStr(secrets.vault_key),
        }
    )
