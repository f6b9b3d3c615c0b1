"""Three brokers of one cluster: what each is told of the others. `meterlog chaos --brokers 3` shows that they work."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from shared.embedded import kafka
from shared.embedded.cluster import cluster
from shared.embedded.kafka import EmbeddedKafka
from shared.embedded.ports import Ports


def settings_of(broker: EmbeddedKafka) -> dict[str, str]:
    return dict(line.split("=", 1) for line in broker._settings().splitlines())


def test_every_node_knows_all_controllers_and_itself(tmp_path: Path) -> None:
    brokers = cluster(tmp_path, Ports(tmp_path / "ports.json"))
    told = [settings_of(broker) for broker in brokers]
    assert [settings["node.id"] for settings in told] == ["1", "2", "3"]
    (voters,) = {settings["controller.quorum.voters"] for settings in told}
    for settings in told:
        own = settings["listeners"].rpartition("CONTROLLER://")[2]
        assert f"{settings['node.id']}@{own}" in voters.split(",")
    assert len({broker.bootstrap_servers for broker in brokers}) == 3
    assert len({settings["log.dirs"] for settings in told}) == 3


def test_two_of_three_replicas_must_have_a_message(tmp_path: Path) -> None:
    for broker in cluster(tmp_path, Ports(tmp_path / "ports.json")):
        settings = settings_of(broker)
        assert (
            settings["transaction.state.log.replication.factor"] == settings["offsets.topic.replication.factor"] == "3"
        )
        assert settings["transaction.state.log.min.isr"] == settings["min.insync.replicas"] == "2"


def test_a_broker_by_itself_is_its_only_controller(tmp_path: Path) -> None:
    settings = settings_of(EmbeddedKafka(tmp_path, broker_port=1234, controller_port=1235))
    assert settings["controller.quorum.voters"] == "1@127.0.0.1:1235"
    assert settings["offsets.topic.replication.factor"] == "1"


def test_an_id_that_kafka_would_take_for_an_option_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """One in 64 begins with a dash, and with it a new directory could not be formatted."""
    drawn = iter([uuid.UUID(bytes=b"\xf8" * 16), uuid.UUID(bytes=b"\x08" * 16)])
    monkeypatch.setattr(uuid, "uuid4", lambda: next(drawn))
    assert kafka.new_cluster_id() == "CAgICAgICAgICAgICAgICA"
    assert next(drawn, None) is None, "the first one began with a dash"
