"""The JSON Schema of every message on our topics, from the catalogues of the services.

    schemas = message_schemas()
    schemas["rating.AccountOpened.v1"].topic        # 'rating.events'
    schemas["rating.AccountOpened.v1"].schema       # {"$schema": ..., "title": ..., "type": "object", ...}

The services are looked up by name, as the supervisor looks up their processes: this command knows none of them. Hot
records are arrays on the wire; their elements carry the names of the fields they stand for as titles.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from meterlog.installation import DECIDING, SERVICES
from shared.engine.clock import CLOCK_EVENTS
from shared.kernel.envelope import schema_uri
from shared.kernel.message import Catalogue, Message
from shared.kernel.outcome import outcomes
from shared.kernel.wire import schema_of

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
USAGE_EVENT: Final = "meterlog.usage.v1"
"""The CloudEvents type of what equipment publishes; the one message here that we do not write ourselves."""

_DEFINITIONS: Final = "#/$defs/"


@dataclass(frozen=True, kw_only=True)
class MessageSchema:
    """A message as it travels: `kind` is `event`, `command`, `outcome` or `report`, `topic` without the environment."""

    type: str
    kind: str
    topic: str
    hot: bool
    schema: dict[str, Any]

    @property
    def summary(self) -> str:
        """The first paragraph of its description, on one line; empty where it has none."""
        return " ".join(str(self.schema.get("description", "")).partition("\n\n")[0].split())


def message_schemas() -> dict[str, MessageSchema]:
    """Every message by its `ce_type`, services in the order in which money flows."""
    return {message.type: message for message in _all()}


def _all() -> Iterator[MessageSchema]:
    yield _usage_event()
    for service in DECIDING:
        spec = importlib.import_module(f"services.{service}.app").SERVICE
        yield from _of_catalogue(spec.events, "event", f"{service}.events")
        for topic, published in spec.publishes.items():
            yield from _of_catalogue(published, "event", topic)
        yield from _of_catalogue(outcomes(service), "outcome", f"{service}.events")
    for service in SERVICES:
        spec = importlib.import_module(f"services.{service}.app").SERVICE
        yield from _of_catalogue(spec.commands, "command", f"{service}.commands")
    yield from _of_catalogue(CLOCK_EVENTS, "event", "clock")


def _of_catalogue(catalogue: Catalogue[Any], kind: str, topic: str) -> Iterator[MessageSchema]:
    for name in catalogue:
        message = catalogue[name]
        schema = _schema(name, message, kind=kind)
        yield MessageSchema(type=name, kind=kind, topic=topic, hot=getattr(message, "HOT", False), schema=schema)


def _usage_event() -> MessageSchema:
    """The public record, whose schema the HTTP API shows too."""
    record = importlib.import_module("services.usage.record.fields").ReportedUsage
    body = record.model_json_schema(ref_template=_DEFINITIONS + "{model}")
    schema = {**_head(USAGE_EVENT, "report"), **body, "title": USAGE_EVENT}
    return MessageSchema(type=USAGE_EVENT, kind="report", topic="usage.reported", hot=False, schema=_tidy(schema))


def _schema(name: str, message: type[Message], *, kind: str) -> dict[str, Any]:
    (reference,), components = msgspec.json.schema_components(
        [message], schema_hook=schema_of, ref_template=_DEFINITIONS + "{name}"
    )
    names = _array_fields(message)
    definitions = {title: _with_names(schema, names.get(title, ())) for title, schema in components.items()}
    body = definitions.pop(reference["$ref"].removeprefix(_DEFINITIONS))
    schema = {**_head(name, kind), **body, "title": name}
    if definitions:
        schema["$defs"] = definitions
    tidy: dict[str, Any] = _tidy(schema)
    return tidy


def _head(name: str, kind: str) -> dict[str, Any]:
    return {"$schema": DIALECT, "$id": schema_uri(name), "x-kind": kind}


def _array_fields(message: type) -> dict[str, tuple[str, ...]]:
    """Field names of the structs inside `message` that are arrays on the wire."""
    found: dict[str, tuple[str, ...]] = {}
    pending: list[object] = [msgspec.inspect.type_info(message)]
    seen: set[type] = set()
    while pending:
        info = pending.pop()
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls in seen:
                continue
            seen.add(info.cls)
            if info.array_like:
                found[info.cls.__name__] = tuple(field.encode_name for field in info.fields)
            pending.extend(field.type for field in info.fields)
        elif isinstance(info, msgspec.inspect.Type):
            for part in msgspec.structs.asdict(info).values():
                pending.extend(part if isinstance(part, tuple) else (part,))
    return found


def _with_names(schema: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    if not names:
        return dict(schema)
    items = [{"title": name, **item} for name, item in zip(names, schema["prefixItems"], strict=True)]
    return {**schema, "prefixItems": items}


def _tidy(value: Any) -> Any:
    """Docstrings without the indentation of the code they stand in."""
    if isinstance(value, list):
        return [_tidy(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: inspect.cleandoc(part) if key == "description" and isinstance(part, str) else _tidy(part)
        for key, part in value.items()
    }
