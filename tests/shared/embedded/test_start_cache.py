"""Kafka's classes are linked once on a machine, and a start goes on without where they can't be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from shared.embedded.java import java, resolve_class_path
from shared.embedded.kafka import BROKER_SETTINGS
from shared.embedded.start_cache import linked_classes


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    return tmp_path


@pytest.mark.servers
async def test_they_are_made_once_and_there_for_every_start() -> None:
    class_path = resolve_class_path()
    await linked_classes(class_path, BROKER_SETTINGS, say=print)
    said: list[str] = []
    file = await linked_classes(class_path, BROKER_SETTINGS, say=said.append)
    assert file is not None and file.stat().st_size > 10_000_000 and said == []
    assert f"-XX:AOTCache={file}" in java(class_path, classes=file)


async def test_what_cannot_be_made_is_tried_once(prefix: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        assert await linked_classes("no.jar", BROKER_SETTINGS, say=said.append) is None
    assert len(said) == 1
    (failed,) = (prefix / "share" / "meterlog").glob("*.failed")
    assert "StorageTool" in failed.read_text()


async def test_a_folder_that_nobody_may_write_in_costs_nothing(prefix: Path) -> None:
    (prefix / "share").touch()
    assert await linked_classes("no.jar", BROKER_SETTINGS, say=print) is None
