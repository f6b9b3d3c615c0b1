"""docs/events and docs/asyncapi.yaml are what the code says, and say what a reader can rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from meterlog.cli.docs import app as docs_command
from meterlog.cli.docs.compatibility import incompatibilities
from meterlog.cli.docs.pages import breaking, differences, rendered
from meterlog.installation import topics_of
from tests.contracts.catalogues import CATALOGUES, DOCS, SAMPLES


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return rendered()


@pytest.fixture(scope="module")
def asyncapi(files: dict[str, str]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(files["asyncapi.yaml"])
    return document


def test_the_generated_documentation_is_current(files: dict[str, str]) -> None:
    assert differences(DOCS, files) == [], "run `meterlog docs events`"


def test_no_published_schema_has_broken_its_readers(files: dict[str, str]) -> None:
    assert breaking(DOCS, files) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("payments.PaymentRecorded.v1", ["payments.PaymentRecorded.v1: /cheque_number is gone"]),
        ("payments.RecordPayment.v1", []),  # a command: both of its sides change together
    ],
)
def test_a_schema_that_readers_rely_on_is_not_overwritten(
    name: str, found: list[str], files: dict[str, str], tmp_path: Path
) -> None:
    old = json.loads(files[f"events/{name}.json"])
    old["properties"]["cheque_number"] = {"type": "string"}
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / f"{name}.json").write_text(json.dumps(old))
    assert breaking(tmp_path, files) == found
    assert CliRunner().invoke(docs_command, ["events", "--directory", str(tmp_path)]).exit_code == bool(found)


def test_every_event_has_a_schema_under_the_name_in_its_header(files: dict[str, str]) -> None:
    for name in CATALOGUES:
        assert json.loads(files[f"events/{name}.json"])["$id"] == f"urn:meterlog:schema:{name}"


@pytest.mark.parametrize("name", sorted(CATALOGUES))
def test_a_sample_has_the_fields_of_its_schema(name: str, files: dict[str, str]) -> None:
    sample = json.loads((SAMPLES / f"{name}.json").read_bytes())
    schema = json.loads(files[f"events/{name}.json"])
    assert set(sample) == set(schema["properties"])
    assert set(schema.get("required", ())) <= set(sample)


# -- asyncapi.yaml ---------------------------------------------------------------------------------------------------


def test_asyncapi_describes_every_topic(asyncapi: dict[str, Any]) -> None:
    assert asyncapi["asyncapi"].startswith("3.")
    addresses = [channel["address"] for channel in asyncapi["channels"].values()]
    assert addresses == [topic.name for topic in topics_of("{env}", 4)]


def test_every_reference_in_asyncapi_leads_somewhere(asyncapi: dict[str, Any], files: dict[str, str]) -> None:
    for reference in _references(asyncapi):
        if reference.startswith("./"):
            assert reference.removeprefix("./") in files
            continue
        place: Any = asyncapi
        for step in reference.removeprefix("#/").split("/"):
            assert step in place, reference
            place = place[step]


def test_an_operation_names_only_messages_of_its_channel(asyncapi: dict[str, Any]) -> None:
    assert len(asyncapi["operations"]) == len(asyncapi["channels"])
    for operation in asyncapi["operations"].values():
        assert operation["action"] in ("send", "receive")
        channel = operation["channel"]["$ref"]
        assert all(message["$ref"].startswith(f"{channel}/messages/") for message in operation["messages"])


def test_every_message_has_a_channel(asyncapi: dict[str, Any]) -> None:
    travelling = {name for channel in asyncapi["channels"].values() for name in channel["messages"]}
    assert travelling == set(asyncapi["components"]["messages"])


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for part in value.values():
            yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)


# -- compatibility ---------------------------------------------------------------------------------------------------

LINE: dict[str, Any] = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 1}
OLD: dict[str, Any] = {
    "type": "object",
    "properties": {
        "amount": {"type": "string", "format": "decimal"},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
        "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}},
    },
    "required": ["amount", "lines"],
    "$defs": {"Line": LINE},
}


def changed(**properties: Any) -> dict[str, Any]:
    kept = {name: value for name, value in {**OLD["properties"], **properties}.items() if value is not None}
    return {**OLD, "properties": kept, "required": [name for name in OLD["required"] if name in kept]}


@pytest.mark.parametrize(
    ("why", "new"),
    [
        ("nothing changed", OLD),
        ("an optional field is added", changed(due_on={"type": "string", "default": ""})),
        ("prose is changed", {**OLD, "description": "other words"}),
        ("a definition has another name", json.loads(json.dumps(OLD).replace("Line", "InvoiceLine"))),
        (
            "an element with a default is appended",
            {**OLD, "$defs": {"Line": {**LINE, "prefixItems": [*LINE["prefixItems"], {"type": "string"}]}}},
        ),
    ],
)
def test_readers_survive_what_is_only_added(why: str, new: dict[str, Any]) -> None:
    assert incompatibilities(OLD, new) == [], why


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (changed(note=None), ["/note is gone"]),
        ({**OLD, "required": ["amount", "lines", "note"]}, ["/note was optional and is required"]),
        ({**OLD, "required": ["amount"]}, ["/lines was always there and may be missing now"]),
        ({**changed(due_on={}), "required": ["amount", "lines", "due_on"]}, ["/due_on is new and required"]),
        (changed(amount={"type": "number"}), ["/amount was"]),
        (changed(note={"type": "string", "default": None}), ["/note"]),
        ({**OLD, "$defs": {"Line": {**LINE, "prefixItems": LINE["prefixItems"][:1]}}}, ["/lines/*"]),
        ({**OLD, "$defs": {"Line": {**LINE, "minItems": 2}}}, ["/lines/*"]),
        (
            {**OLD, "$defs": {"Line": {**LINE, "prefixItems": [{"type": "string"}, {"type": "string"}]}}},
            ["/lines/*/1 was"],
        ),
    ],
)
def test_what_a_reader_would_miss_is_named(new: dict[str, Any], found: list[str]) -> None:
    said = incompatibilities(OLD, new)
    assert len(said) == len(found)
    assert all(one.startswith(start) for one, start in zip(said, found, strict=True)), said
