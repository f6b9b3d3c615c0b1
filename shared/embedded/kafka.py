"""Apache Kafka as a child process: the real broker, from Maven Central, on a Java runtime from a wheel.

    kafka = EmbeddedKafka(Path(".meterlog/kafka"), broker_port=40213, controller_port=40214)
    await kafka.start()               # '127.0.0.1:40213' once it takes requests
    await kafka.stop()

The first start on a machine fetches 46 MB of jars (jgo keeps them in its cache) and links their classes
(`start_cache.py`); the first start of a directory formats its storage. One node is broker and controller at once, so
replication factors are 1; everything else that bears on what a client may rely on (transactions, no topics by accident,
2 MiB messages) is set as in production. `cluster.py` makes one cluster of three.
"""

from __future__ import annotations

import asyncio
import base64
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from shared.embedded.java import is_fetched, java, resolve_class_path
from shared.embedded.ports import is_open
from shared.embedded.process import Child
from shared.embedded.start_cache import linked_classes
from shared.embedded.storage import check_readable

START_DEADLINE_S: Final = 120
STOP_GRACE_S: Final = 3.5

BROKER_SETTINGS: Final = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    # What clients rely on, as in production.
    "auto.create.topics.enable": "false",
    "message.max.bytes": "2097152",
    "replica.fetch.max.bytes": "2097152",
    # An open transaction of a killed owner holds back readers until its timeout plus this check: 10 s + 1 s at most.
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": "1000",
    # A group may notice a dead member after a second (tests of takeover), and forms without waiting for stragglers.
    "group.min.session.timeout.ms": "1000",
    "group.initial.rebalance.delay.ms": "0",
    # One node.
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    # A killed broker registers again once its old session is over.
    "broker.session.timeout.ms": "6000",
    # Small: two cores, a few hundred MB, some eighty partitions.
    "num.network.threads": "2",
    "num.io.threads": "4",
    "background.threads": "2",
    "num.recovery.threads.per.data.dir": "2",
    "group.coordinator.threads": "1",
    "share.coordinator.threads": "1",
    "log.cleaner.threads": "1",
    "log.cleaner.dedupe.buffer.size": "4194304",
    "log.segment.bytes": "134217728",
    "log.index.size.max.bytes": "1048576",
}


class KafkaDidNotStart(Exception):
    """The broker ended or didn't open its port; the message has the end of its log."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """One node's place in a cluster of several."""

    node_id: int
    controllers: Mapping[int, int]
    """The controller port of every node, by its id."""
    cluster_id: str

    @property
    def name(self) -> str:
        return f"kafka-{self.node_id}"


class EmbeddedKafka:
    """A broker that keeps its data in `directory`: a cluster by itself, or one node of several."""

    def __init__(
        self,
        directory: Path,
        *,
        broker_port: int,
        controller_port: int,
        log: Path | None = None,
        say: Callable[[str], None] = lambda _line: None,
        node: Node | None = None,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`settings` go over `BROKER_SETTINGS`."""
        self._directory = directory.resolve()
        self._ports = (broker_port, controller_port)
        self._node = node or Node(node_id=1, controllers={1: controller_port}, cluster_id=new_cluster_id())
        self._name = "kafka" if node is None else node.name
        self._overrides = settings
        self._log = log or self._directory / "kafka.log"
        self._say = say
        self.bootstrap_servers = f"127.0.0.1:{broker_port}"
        self.child: Child | None = None

    async def start(self) -> str:
        """Start the broker, prepared first if it is new; returns the bootstrap address when it takes requests."""
        await self.prepare()
        self.launch()
        await self.wait_until_ready()
        return self.bootstrap_servers

    async def prepare(self) -> Child:
        """Fetch the jars, write the settings, format the storage where it is new. Idempotent.

        Raises `StorageTooNew`, and changes nothing, where a later Kafka has been at work.
        """
        check_readable(self._data)
        self._directory.mkdir(parents=True, exist_ok=True)
        if not is_fetched():
            self._say("downloading Kafka (46 MB, once)")
        class_path = await asyncio.to_thread(resolve_class_path)
        command = java(class_path, classes=await linked_classes(class_path, BROKER_SETTINGS, say=self._say))
        self._properties.write_text(self._settings())
        if not (self._data / "meta.properties").exists():
            await self._format(command)
        self.child = Child(
            name=self._name,
            command=[*command, "kafka.Kafka", str(self._properties)],
            log=self._log,
            directory=self._directory,
        )
        return self.child

    def launch(self) -> None:
        """Start the prepared broker without waiting for it."""
        self._prepared().start()

    async def wait_until_ready(self) -> None:
        """Return when the broker accepts connections, which it does once it may serve its partitions."""
        child = self._prepared()
        async with asyncio.timeout(START_DEADLINE_S):
            while not self.healthy():
                if not child.running:
                    raise KafkaDidNotStart(f"Kafka ended with code {child.returncode}; {child.last_words()}")
                await asyncio.sleep(0.05)

    def healthy(self) -> bool:
        """Whether the broker runs and accepts connections."""
        return self.child is not None and self.child.running and is_open(self._ports[0])

    async def stop(self, *, grace_s: float = STOP_GRACE_S) -> None:
        if self.child is not None:
            await self.child.stop(grace_s=grace_s)

    @property
    def _data(self) -> Path:
        return self._directory / "data"

    @property
    def _properties(self) -> Path:
        return self._directory / "server.properties"

    def _prepared(self) -> Child:
        if self.child is None:
            raise RuntimeError("prepare() comes first")
        return self.child

    def _settings(self) -> str:
        broker, controller = (f"127.0.0.1:{port}" for port in self._ports)
        own = {
            "node.id": str(self._node.node_id),
            "controller.quorum.voters": ",".join(f"{n}@127.0.0.1:{p}" for n, p in self._node.controllers.items()),
            "listeners": f"PLAINTEXT://{broker},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{broker}",
            "log.dirs": str(self._data),
        }
        return "".join(f"{key}={value}\n" for key, value in {**BROKER_SETTINGS, **self._overrides, **own}.items())

    async def _format(self, java: Sequence[str]) -> None:
        arguments = [
            *("kafka.tools.StorageTool", "format"),
            *("-t", self._node.cluster_id, "-c", str(self._properties)),
        ]
        formatter = Child(name="kafka-format", command=[*java, *arguments], log=self._log, directory=self._directory)
        formatter.start()
        if await formatter.wait() != 0:
            raise KafkaDidNotStart(f"Kafka's storage could not be formatted; {formatter.last_words()}")


def new_cluster_id() -> str:
    """22 characters of base64. As Kafka does itself, one that begins with a dash is passed over: tools would take it
    for an option.
    """
    while True:
        drawn = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        if not drawn.startswith("-"):
            return drawn
