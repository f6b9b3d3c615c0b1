"""Every message is a CloudEvent 1.0 to those who read it with the SDKs, none of whose code is ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiokafka import TopicPartition
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event

from meterlog.installation import topics_of
from shared.engine.log import Log
from shared.kernel.envelope import Envelope, from_headers, to_headers
from tests.contracts.catalogues import CATALOGUES, SAMPLES
from tests.kit.stacks import DemoStack

CONSOLE = Path(__file__).parents[2] / "console"
NODE = Path(sys.executable).parent / "node"

Message = tuple[list[tuple[str, bytes]], bytes]


def samples() -> list[Message]:
    """Each event, with and without what an envelope may lack."""
    messages = []
    for name in CATALOGUES:
        value = (SAMPLES / f"{name}.json").read_bytes()
        for subject in ("acc-1042", ""):
            envelope = Envelope(
                env="local",
                service=name.partition(".")[0],
                partition=3,
                type=name,
                recorded_at=datetime(2026, 10, 2, 0, 0, 5, 250_000, tzinfo=UTC),
                subject=subject,
                seq=1842,
            )
            messages.append((to_headers(envelope), value))
    return messages


def read_by_python(messages: Iterable[Message]) -> int:
    """Raises what the SDK raises for the first that is no CloudEvent."""
    count = 0
    for headers, value in messages:
        event = from_binary_event(KafkaMessage(headers=dict(headers), key=None, value=value))
        assert event.get_specversion() == "1.0"
        assert urlsplit(event.get_dataschema() or "").scheme, "dataschema is an absolute URI"
        count += 1
    return count


def read_by_javascript(messages: Iterable[Message]) -> dict[str, Any]:
    lines = (
        json.dumps({"headers": {name: text.decode() for name, text in headers}, "value": value.decode()})
        for headers, value in messages
    )
    script = subprocess.run(
        [str(NODE), "--no-warnings", "scripts/cloudevents.ts"],
        cwd=CONSOLE,
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert script.returncode == 0, script.stderr
    result: dict[str, Any] = json.loads(script.stdout)
    return result


def test_the_python_sdk_reads_every_event() -> None:
    assert read_by_python(samples()) == 2 * len(CATALOGUES)


def test_the_javascript_sdk_reads_every_event() -> None:
    if not (CONSOLE / "node_modules" / "cloudevents").is_dir():
        pytest.skip("console/node_modules is missing: run `make console` first")
    assert read_by_javascript(samples()) == {"read": 2 * len(CATALOGUES), "refused": 0, "first": None}


def test_the_sdks_would_tell(tmp_path: Path) -> None:
    """The two faults that there were; a check that lets them pass would prove nothing."""
    headers, value = samples()[0]
    empty = [*[header for header in headers if header[0] != "ce_subject"], ("ce_subject", b"")]
    with pytest.raises(Exception, match="subject"):
        read_by_python([(empty, value)])
    relative = [(name, b"/docs/events/x.json" if name == "ce_dataschema" else text) for name, text in headers]
    with pytest.raises(AssertionError, match="absolute"):
        read_by_python([(relative, value)])
    if (CONSOLE / "node_modules" / "cloudevents").is_dir():
        assert read_by_javascript([(relative, value), (headers, value)])["refused"] == 1


@pytest.mark.parametrize("subject", ["acc-1042", ""])
def test_an_envelope_comes_back_from_its_headers(subject: str) -> None:
    envelope = Envelope(
        env="local",
        service="rating",
        partition=3,
        type="rating.AccountOpened.v1",
        recorded_at=datetime(2026, 10, 2, tzinfo=UTC),
        subject=subject,
        seq=7,
    )
    assert from_headers(to_headers(envelope)) == envelope


@pytest.mark.servers
@pytest.mark.slow
async def test_everything_that_a_running_installation_writes_is_a_cloudevent(demo: DemoStack) -> None:
    if not (CONSOLE / "node_modules").is_dir():
        pytest.fail("console/node_modules is missing: run `make console` first")
    messages = await written(demo)
    assert len(messages) > 1_000
    assert {dict(headers)["ce_type"].decode().split(".")[0] for headers, _ in messages} == {
        *("usage", "rating", "invoicing", "payments", "clock")
    }
    named = Counter((dict(headers)["ce_source"], dict(headers)["ce_id"]) for headers, _ in messages)
    # A batch that two workers have sent in turn is delivered twice, under the same name; events never are.
    assert [name for name, count in named.items() if count > 1 and name[1].isdigit()] == []
    assert read_by_python(messages) == len(messages)
    assert read_by_javascript(messages) == {"read": len(messages), "refused": 0, "first": None}


async def written(demo: DemoStack) -> list[Message]:
    """All messages of all topics but those that hold what strangers have sent, as it was sent."""
    kafka = Log(demo.stack.settings)
    ours = [
        topic
        for topic in topics_of(kafka.env, kafka.settings.partitions)
        if not topic.name.endswith((".reported", ".dead"))
    ]
    reader = await kafka.reader()
    try:
        partitions = [TopicPartition(topic.name, n) for topic in ours for n in range(topic.partitions)]
        reader.assign(partitions)
        await reader.seek_to_beginning(*partitions)
        ends = await reader.end_offsets(partitions)
        found: list[Message] = []
        while any([await reader.position(partition) < ends[partition] for partition in partitions]):
            for records in (await reader.getmany(timeout_ms=1_000)).values():
                found += ((list(record.headers), record.value or b"") for record in records)
        return found
    finally:
        await reader.stop()
