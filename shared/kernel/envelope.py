"""CloudEvents 1.0, Kafka binding, binary mode: who said what, when, because of what.

`ce_source` and `ce_id` together are identity, order and loss detector in one: the id is the dense sequence number of
the event in its partition. `rating/3@1842` cites a point in a log, `rating/3/1842` the event itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

import msgspec


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """The metadata of one message. Instants are aware UTC; `None` means the header is absent.

    `seq` is dense from 1 per partition of a topic of events; commands have none (0).
    `subject` is empty where a message concerns no single aggregate. `input` is the topic/partition/offset that caused
    an event, for forensics. `expected_version` is a caller's `If-Match`, `claims` the digests of the keys that a
    command holds by now (shared/kernel/claims.py).
    """

    env: str
    service: str
    partition: int
    type: str
    recorded_at: datetime
    subject: str
    seq: int = 0
    causation_id: str | None = None
    correlation_id: str | None = None
    actor: str | None = None
    command_id: str | None = None
    payload_hash: str | None = None
    data_version: int = 1
    expires_at: datetime | None = None
    expected_version: int | None = None
    claims: tuple[str, ...] = ()
    input: str | None = None

    @property
    def source(self) -> str:
        return f"/{self.env}/{self.service}/{self.partition}"

    @property
    def citation(self) -> str:
        """How an event is named outside: `rating/3/1842`."""
        return f"{self.service}/{self.partition}/{self.seq}"


# Kafka header name -> Envelope attribute, for those carried as plain text.
_OPTIONAL = {
    "causationid": "causation_id",
    "correlationid": "correlation_id",
    "actor": "actor",
    "commandid": "command_id",
    "payloadhash": "payload_hash",
    "input": "input",
}


def to_headers(envelope: Envelope, *, id: str | None = None) -> list[tuple[str, bytes]]:
    """The Kafka headers of a message. With its source `id` names it alone: of an event its `seq`, unless given."""
    seq = str(envelope.seq)
    headers = [
        ("ce_id", (id or (seq if envelope.seq else envelope.command_id or "0")).encode()),
        ("seq", seq.encode()),
        *_of_batch(envelope.source, envelope.type, envelope.recorded_at, envelope.data_version),
    ]
    if envelope.subject:  # CloudEvents knows no empty subject
        headers.append(("ce_subject", envelope.subject.encode()))
    for header, attribute in _OPTIONAL.items():
        value = getattr(envelope, attribute)
        if value is not None:
            headers.append((header, value.encode()))
    if envelope.expires_at is not None:
        headers.append(("expires", format_instant(envelope.expires_at).encode()))
    if envelope.expected_version is not None:
        headers.append(("ifmatch", str(envelope.expected_version).encode()))
    if envelope.claims:
        headers.append(("claims", " ".join(envelope.claims).encode()))
    return headers


@lru_cache(maxsize=1024)
def _of_batch(source: str, type: str, recorded_at: datetime, data_version: int) -> tuple[tuple[str, bytes], ...]:
    """Headers that all messages of a type have alike in a transaction."""
    return (
        ("ce_specversion", b"1.0"),
        ("ce_source", source.encode()),
        ("ce_type", type.encode()),
        ("ce_time", format_instant(recorded_at).encode()),
        ("ce_dataschema", schema_uri(type).encode()),
        ("content-type", b"application/json"),
        ("dataversion", str(data_version).encode()),
    )


def schema_uri(type_name: str) -> str:
    """The name of a message's JSON Schema: an absolute URI, as CloudEvents asks, and the same in every installation.

    >>> schema_uri("invoicing.InvoiceIssued.v1")
    'urn:meterlog:schema:invoicing.InvoiceIssued.v1'
    """
    return f"urn:meterlog:schema:{type_name}"


def retyped(headers: Mapping[str, str], type_name: str) -> dict[str, str]:
    """The same headers for another version of the message."""
    return {**headers, "ce_type": type_name, "ce_dataschema": schema_uri(type_name)}


class BadEnvelope(ValueError):
    """A message on one of our own topics without the headers every message has: it is not one of ours."""


def from_headers(headers: Iterable[tuple[str, bytes]]) -> Envelope:
    """The envelope of a received message. Raises `BadEnvelope` naming the header that is missing or wrong."""
    found = {name: value.decode() for name, value in headers}
    try:
        _, env, service, partition = found["ce_source"].split("/")
        expires, version = found.get("expires"), found.get("ifmatch")
        return Envelope(
            env=env,
            service=service,
            partition=int(partition),
            type=found["ce_type"],
            recorded_at=parse_instant(found["ce_time"]),
            subject=found.get("ce_subject", ""),
            seq=int(found.get("seq", "0")),
            data_version=int(found.get("dataversion", "1")),
            expires_at=parse_instant(expires) if expires else None,
            expected_version=int(version) if version else None,
            claims=tuple(found["claims"].split()) if "claims" in found else (),
            **{attribute: found.get(header) for header, attribute in _OPTIONAL.items()},
        )
    except (KeyError, ValueError) as error:
        raise BadEnvelope(f"not a Meterlog message: header {error}") from error


def format_instant(instant: datetime) -> str:
    """RFC 3339 in UTC with a Z: `2026-11-23T01:00:00Z`, microseconds only when there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """An aware UTC instant. Raises `ValueError` for text without an offset."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no UTC offset; write e.g. 2026-11-23T01:00:00Z")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is outside the years 1 to 9999 in UTC") from error
