"""A new wire format is one file: put into the folder, it is used for messages and shown in the API document."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from aiokafka import ConsumerRecord

from services.usage import formats
from services.usage.formats.contract import Problem, ReportedRecord, Undecodable
from services.usage.processes.reported_message import read_message
from services.usage.record.batching import CommandBatcher

FILE: Final = '''
"""Lines of `source;resource;meter;quantity;started_at`."""

import msgspec

from services.usage.formats.contract import Example, Format, ReportedRecord, Undecodable, malformed


def parse(body, headers):
    return [_line(line) for line in body.splitlines()]


def split(body, headers):
    return body.splitlines()


def read_object(value, text, headers):
    return ReportedRecord(**value["row"]) if "row" in value else None


def _line(line):
    try:
        fields = line.decode("ascii").split(";")
    except UnicodeDecodeError as error:
        return Undecodable(line, str(error))
    if len(fields) != 5:
        return malformed(f"a line has 5 fields, not {len(fields)}", "", msgspec.Raw(line))
    source, resource, meter, quantity, started_at = fields
    return ReportedRecord(source, resource, meter, quantity, started_at=started_at)


FORMAT = Format(
    name="semicolons",
    recognises=lambda headers: headers.get("content-type") == "text/x-semicolons",
    parse=parse,
    split=split,
    read_object=read_object,
    media_types={"text/x-semicolons": {"type": "string"}},
    examples=(Example({"content-type": "text/x-semicolons"}, b"a;b", ["malformed"]),),
)
'''
HEADERS: Final = {"content-type": "text/x-semicolons"}
LINE: Final = b"olt-12;mac:00:1b;data.octets;7;2026-11-23T01:00:00Z"
RECORD: Final = ReportedRecord("olt-12", "mac:00:1b", "data.octets", "7", started_at="2026-11-23T01:00:00Z")


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder of formats has one file more, which lies elsewhere."""
    (tmp_path / "semicolons.py").write_text(FILE)
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    formats._known.cache_clear()
    yield
    formats._known.cache_clear()
    sys.modules.pop("services.usage.formats.semicolons")


def test_its_messages_are_read_and_all_others_as_before(added: None) -> None:
    record, problem, undecodable = formats.parse(LINE + b"\na;b\n\xff;", HEADERS)
    assert record == RECORD
    assert isinstance(problem, Problem)
    assert isinstance(undecodable, Undecodable)
    assert isinstance(formats.parse(LINE, {})[0], Undecodable)
    assert isinstance(formats.parse(b"{}", {"content-type": "application/json"})[0], Problem)


def test_its_objects_are_read_in_the_midst_of_json(added: None) -> None:
    row = b'{"row":{"source":"olt-12","resource":"mac:00:1b","meter":"data.octets","quantity":"7","started_at":'
    row += b'"2026-11-23T01:00:00Z"}}'
    found = formats.parse(b"[7," + row + b"]", {})
    assert found[1:] == [RECORD]


def test_intake_makes_commands_of_it(added: None) -> None:
    batcher = CommandBatcher(partitions=1, reported_partition=0)
    headers = (("content-type", b"text/x-semicolons"),)
    message: ConsumerRecord[Any, Any] = ConsumerRecord(
        "local.usage.reported", 0, 7, 0, 1, None, LINE + b"\na;b", None, -1, len(LINE), headers
    )
    assert read_message(message, batcher) == []
    ((_, command),) = batcher.commands()
    assert [(r.source, r.quantity) for r in command.records] == [("olt-12", 7_000_000)]
    assert [aside.raw for _, aside in command.refused] == ["a;b"]


def test_it_stands_in_the_api_document(added: None) -> None:
    assert list(formats.media_types()) == [
        "application/json",
        "application/x-ndjson",
        "application/cloudevents+json",
        "text/x-semicolons",
    ]


def test_a_file_that_is_no_format_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nothing.py").write_text("")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    formats._known.cache_clear()
    with pytest.raises(TypeError, match=r"formats\.nothing makes 0"):
        formats.formats()
    monkeypatch.undo()
    formats._known.cache_clear()
    sys.modules.pop("services.usage.formats.nothing")
