"""Three brokers on one machine: what a lost broker does to a cluster can be seen without three machines.

    brokers = cluster(data_dir / "kafka", ports)
    for broker in brokers:
        supervisor.keep(await broker.prepare())
    ",".join(broker.bootstrap_servers for broker in brokers)

Every topic of Kafka's own has three replicas, two of which must have each message, as in production; topics of ours get
the same from `METERLOG_REPLICATION=3`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from shared.embedded.kafka import EmbeddedKafka, Node, new_cluster_id
from shared.embedded.ports import Ports

BROKERS: Final = 3

_REPLICATED: Final = {
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "share.coordinator.state.topic.replication.factor": "3",
    "share.coordinator.state.topic.min.isr": "2",
    "default.replication.factor": "3",
    "min.insync.replicas": "2",
    # A replica that does not follow leaves the set in sync, so that its partitions take writes again.
    "replica.lag.time.max.ms": "5000",
}


def cluster(directory: Path, ports: Ports, *, logs: Path | None = None) -> list[EmbeddedKafka]:
    """The nodes of a new cluster, not yet prepared; the directory is to be empty."""
    cluster_id = new_cluster_id()
    controllers = {node_id: ports[f"kafka-controller-{node_id}"] for node_id in range(1, BROKERS + 1)}
    return [
        EmbeddedKafka(
            directory / str(node_id),
            broker_port=ports[f"kafka-{node_id}"],
            controller_port=controllers[node_id],
            log=None if logs is None else logs / f"kafka-{node_id}.log",
            node=Node(node_id=node_id, controllers=controllers, cluster_id=cluster_id),
            settings=_REPLICATED,
        )
        for node_id in range(1, BROKERS + 1)
    ]
