"""Admission: a reported record that keeps all bounds becomes one to be counted, else a problem that names its field.

What decides whether two records are the same is computed here, once, on the way in:

    dedupe key   2 bytes of the UTC day, 3 of the time in a UUIDv7, 11 of BLAKE2b over (source, id, day)
    content      8 bytes of BLAKE2b over everything else

The day comes first so that keys of one day lie together in an index and can be dropped together. The time in an id (24
bits, in steps of 16 ms) comes next, because keys that arrive in their order cost Postgres half of what scattered ones
do; an id that is no UUIDv7 has three more bytes of hash there. A record without an id takes its position in the log (or
in the HTTP batch) as one, and so is never a duplicate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

from msgspec.structs import replace

from services.usage.formats.contract import Problem, ReportedRecord, malformed, violation
from services.usage.meter.state import BUILT_IN, LINE_SPEED
from services.usage.meter.units import in_unit
from services.usage.record.counters import is_line_speed
from services.usage.record.fields import (
    COUNTER_BITS,
    DECIMAL,
    EARLIEST,
    KINDS,
    LATEST,
    QUANTITY,
    RECORD_BYTES_MAX,
    SIGNALS,
    STATUSES,
    TEXT_LENGTH_MAX,
    compact,
    unit_problem,
)
from services.usage.record.messages import AdmittedRecord
from services.usage.session.messages import NasSignal
from shared.kernel import instants
from shared.kernel.ids import STEPS
from shared.kernel.partition import partition_of
from shared.kernel.resource_names import canonical
from shared.kernel.sealed_attributes import SEALED_KEY

MICRO: Final = 1_000_000
DAY: Final = 86_400 * MICRO
SLOT_US: Final = 300 * MICRO
# Short texts and small attributes cannot make a record too large: 4 bytes for each of 600 characters, 1,000 for the
# attributes and at most 600 for names and numbers stay below 4,096. Only others are measured.
_SURELY_SMALL_TEXT: Final = 600
_SURELY_SMALL_ATTRIBUTES: Final = 1000
# Copied for each record: half the time of making a new one with its digest size.
KEY_HASH: Final = blake2b(digest_size=14)
CONTENT_HASH: Final = blake2b(digest_size=8)
_COUNTER_INT_MAX: Final = (1 << 63) - 1
# What is nested more deeply could be read here and not be written again deeper in an event.
_ATTRIBUTE_DEPTH_MAX: Final = 8
# A JSON string with U+0000 in it, which no database stores as text.
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def admit(record: ReportedRecord, position: int, id_without: str) -> AdmittedRecord | NasSignal | Problem:
    """Check the bounds of a record and make it countable. `id_without` is its id if it has none."""
    source, resource, meter = record.source, record.resource, record.meter
    identity = record.id if record.id is not None else id_without
    length = len(source) + len(identity) + len(resource) + len(meter)
    if (
        length > TEXT_LENGTH_MAX
        or not (source and identity and resource and meter and (source + identity + resource + meter).isprintable())
        or identity in STEPS
        or source in STEPS
    ):
        problem = _text_problem(record)
        if problem is not None:
            return problem

    resource = canonical(resource)
    text = record.quantity
    if text.isdigit() and text.isascii() and len(text) <= 18:
        quantity = int(text) * MICRO
    else:
        parsed = parsed_quantity(text)
        if isinstance(parsed, Problem):
            return parsed
        quantity = parsed

    started, ended = record.started_at, record.ended_at
    if started is None or ended is None:
        if started is None and ended is None:
            return malformed("a record says when: started_at is missing (or ended_at)", "/started_at")
        started = ended = started if started is not None else ended
    started_at, ended_at = micros(started), micros(ended)
    if started_at is None or ended_at is None or not EARLIEST <= started_at <= ended_at < LATEST:
        return _instant_problem(record, started_at, ended_at)

    attributes = record.attributes
    # None of the texts holds a control character, so U+001F separates them safely.
    rest = f"{resource}\x1f{meter}\x1f{quantity}\x1f{started_at}\x1f{ended_at}".encode()
    if attributes:
        problem = _attributes_problem(attributes)
        if problem is not None:
            return problem
        packed = compact(attributes, in_order=True)
        if len(packed) > _SURELY_SMALL_ATTRIBUTES and len(compact(record)) > RECORD_BYTES_MAX:
            return violation(f"a record has at most {RECORD_BYTES_MAX} bytes", "")
        if _NUL.search(packed) is not None:
            return violation("attributes may not contain U+0000", "/attributes")
        rest += packed
    if length > _SURELY_SMALL_TEXT and len(compact(record)) > RECORD_BYTES_MAX:
        return violation(f"a record has at most {RECORD_BYTES_MAX} bytes", "")

    if (
        record.boot_id is not None
        or record.uptime_s is not None
        or record.session_id is not None
        or record.status is not None
    ):
        problem = _optional_problem(record)
        if problem is not None:
            return problem
    cumulative = None
    kind = record.kind
    if kind is None:
        kind = "delta"
    elif kind != "delta":
        if (other := _kind_problem(record, kind, quantity) or _signal(record, kind, position, ended_at)) is not None:
            return other
        started_at, ended_at = _slot(started_at) if kind == "sample" else (started_at, ended_at)
        cumulative = _cumulative(record, kind)
        rest += compact(cumulative)

    day = started_at // DAY
    hashed = KEY_HASH.copy()
    hashed.update(f"{source}\x1f{identity}\x1f{day}".encode())
    content = CONTENT_HASH.copy()
    content.update(rest)
    return AdmittedRecord(
        position,
        source,
        identity,
        resource,
        meter,
        kind,
        quantity,
        started_at,
        ended_at,
        dedupe_key(day, identity, hashed.digest()),
        content.digest(),
        attributes,
        cumulative,
    )


def admit_in_unit(record: ReportedRecord, position: int, id_without: str) -> AdmittedRecord | NasSignal | Problem:
    """Admit a record that says the unit of its quantity.

    In the unit of its meter from here on where that is built in, so that a record in octets and the same one in MB are
    duplicates; what somebody's own meter counts is known where the record is counted, and its unit goes along.
    """
    unit, plain = record.unit, replace(record, unit=None)
    quantity = parsed_quantity(record.quantity)
    if unit is None or isinstance(quantity, Problem):
        return admit(plain, position, id_without)
    if (unfit := unit_problem(record, quantity)) is not None:
        return violation(unfit, "/unit")
    if len(compact(record)) > RECORD_BYTES_MAX:
        return violation(f"a record has at most {RECORD_BYTES_MAX} bytes", "")
    meter = BUILT_IN.get(record.meter)
    if meter is not None:
        whole, decimals = divmod(in_unit(quantity, unit, meter.unit), MICRO)
        return admit(replace(plain, quantity=f"{whole}.{decimals:06}"), position, id_without)
    admitted = admit(plain, position, id_without)
    if not isinstance(admitted, AdmittedRecord):
        return admitted
    content = blake2b(admitted.content + unit.encode(), digest_size=8).digest()
    return replace(admitted, content=content, unit=unit)


def home(record: AdmittedRecord, partitions: int) -> int:
    """The usage partition of a record: never by account, so that dedupe and deltas do not depend on who pays."""
    if record.cumulative is not None:
        if record.kind == "session":
            return home_of_source(record.source, partitions)
        return partition_of(f"{record.resource}|{record.meter}", partitions)
    key = record.dedupe_key
    # From its end, where every key is hash; two bytes spread evenly over any number of partitions in use.
    return (key[14] << 8 | key[15]) % partitions


@lru_cache(maxsize=4096)
def home_of_source(source: str, partitions: int) -> int:
    """Where all sessions of a source are, its NAS: what ends them all is said once (R28)."""
    return partition_of(source, partitions)


def day_prefix(day: int) -> bytes:
    """Far-future days share the last one; the hash tells them apart."""
    return (day if day < 65_535 else 65_535).to_bytes(2, "big")


def dedupe_key(day: int, identity: str, hashed: bytes) -> bytes:
    """The key of a record; `hashed` has 14 bytes over (source, id, day)."""
    prefix = day_prefix(day)
    if len(identity) == 36 and identity[14] == "7":
        # 0192f1c0-7d1e-7...: of the 12 hex digits of milliseconds those worth 16 ms to 3 days.
        try:
            time = bytes.fromhex(identity[5:8] + identity[9:12])
        except ValueError:
            return prefix + hashed
        # White space between digits is passed over, and leaves fewer of them.
        if len(time) == 3:
            return prefix + time + hashed[3:]
    return prefix + hashed


@lru_cache(maxsize=65_536)
def micros(text: str) -> int | None:
    """Microseconds since the epoch of an RFC 3339 instant; `None` for any other text. Equipment reports on a grid of
    instants, so most are remembered."""
    try:
        return instants.micros(text)
    except ValueError:
        return None


def parsed_quantity(text: str) -> int | Problem:
    """In 1e-6 units, or why it is no quantity."""
    if QUANTITY.fullmatch(text):
        whole, _, decimals = text.partition(".")
        return int(whole) * MICRO + int(decimals.ljust(6, "0"))
    shown = text[:40]
    if DECIMAL.fullmatch(text) is None:
        return malformed(f'quantity is a decimal string such as "73400320.5", not {shown!r}', "/quantity")
    if text.startswith("-"):
        return violation(f"quantity is not negative, but {shown}; correct usage by a retraction", "/quantity")
    return violation(f"quantity has at most 18 digits before the point and 6 decimals, not {shown}", "/quantity")


def _text_problem(record: ReportedRecord) -> Problem | None:
    for name in ("source", "id", "resource", "meter"):
        text = getattr(record, name)
        if text is not None and not _is_text(text):
            return violation(f"{name} has 1 to {TEXT_LENGTH_MAX} printable characters", f"/{name}")
        if text in STEPS:
            return violation(f"{name} may not be {text!r}, a step of a path; name it otherwise", f"/{name}")
    return None


def _is_text(text: str) -> bool:
    return 0 < len(text) <= TEXT_LENGTH_MAX and text.isprintable()


def _attributes_problem(attributes: Mapping[str, Any]) -> Problem | None:
    if SEALED_KEY in attributes:
        return violation(f"{SEALED_KEY} is a name of ours; name the attribute otherwise", "/attributes")
    for value in attributes.values():
        if type(value) in (dict, list) and _is_deeper(value, _ATTRIBUTE_DEPTH_MAX - 1):
            return violation(f"attributes are nested at most {_ATTRIBUTE_DEPTH_MAX} deep", "/attributes")
    return None


def _is_deeper(value: Any, depth: int) -> bool:
    if type(value) not in (dict, list):
        return False
    return depth == 0 or any(_is_deeper(v, depth - 1) for v in (value.values() if type(value) is dict else value))


def _instant_problem(record: ReportedRecord, started_at: int | None, ended_at: int | None) -> Problem:
    for name, text in (("started_at", record.started_at), ("ended_at", record.ended_at)):
        if text is not None and micros(text) is None:
            return malformed(
                f"{name} is an RFC 3339 instant with its offset, such as 2026-11-23T01:00:00Z, not {text[:40]!r}",
                f"/{name}",
            )
    if started_at is not None and started_at < EARLIEST:
        return violation("the clock of this equipment was never set: it is before 2000-01-01", "/started_at")
    if ended_at is not None and ended_at >= LATEST:
        beyond = "started_at" if record.started_at is not None and (started_at or 0) >= LATEST else "ended_at"
        return violation(f"{beyond} is 2200-01-01 (UTC) or later; set the clock of this equipment", f"/{beyond}")
    return violation("ended_at is before started_at", "/ended_at")


def _optional_problem(record: ReportedRecord) -> Problem | None:
    """Fields that only some kinds need keep their bounds in every kind."""
    for name in ("boot_id", "session_id"):
        text = getattr(record, name)
        if text is not None and not _is_text(text):
            return violation(f"{name} has 1 to {TEXT_LENGTH_MAX} printable characters", f"/{name}")
    if record.uptime_s is not None and not 0 <= record.uptime_s <= _COUNTER_INT_MAX:
        return violation("uptime_s is not negative", "/uptime_s")
    if record.status is not None and record.status not in STATUSES:
        return violation(f"status is one of {', '.join(STATUSES)}, not {record.status[:40]!r}", "/status")
    return None


def _kind_problem(record: ReportedRecord, kind: str, quantity: int) -> Problem | None:
    if kind not in KINDS:
        return violation(f"kind is one of {', '.join(KINDS)}, not {kind[:40]!r}", "/kind")
    if kind == "session":
        return _session_problem(record)
    if kind == "sample":
        return None
    if record.counter_bits is None:
        return malformed("counter_bits is missing; a counter gives it as 32 or 64", "/counter_bits")
    if record.boot_id is None and record.uptime_s is None:
        return malformed("boot_id is missing (or uptime_s); without it a restart looks like a wrap", "/boot_id")
    if record.counter_bits not in COUNTER_BITS:
        return violation(f"counter_bits is 32 or 64, not {record.counter_bits}", "/counter_bits")
    if quantity >= MICRO << record.counter_bits:
        return violation(f"a reading of {record.counter_bits} bits is less than 2^{record.counter_bits}", "/quantity")
    if record.attributes and not is_line_speed(record.attributes.get(LINE_SPEED, 0)):
        return violation(f"{LINE_SPEED} is an integer of bits a second, as 1000000000", f"/attributes/{LINE_SPEED}")
    return None


def _session_problem(record: ReportedRecord) -> Problem | None:
    if record.status is None:
        return malformed(f"status is missing; a session gives it as one of {', '.join(STATUSES)}", "/status")
    if record.session_id is None and record.status not in SIGNALS:
        return malformed("session_id is missing; all reports of a session have the same", "/session_id")
    return None


def _slot(at: int) -> tuple[int, int]:
    """The five minutes that a sample stands for (R35): whose the line is when they begin, its rate is."""
    begins = at - at % SLOT_US
    return begins, begins + SLOT_US


def _signal(record: ReportedRecord, kind: str, position: int, at: int) -> NasSignal | None:
    """What a NAS says of all its sessions is no record of usage."""
    if kind != "session" or record.status not in SIGNALS:
        return None
    return NasSignal(
        position, record.source, "accounting_on" if record.status == "accounting_on" else "accounting_off", at
    )


def _cumulative(record: ReportedRecord, kind: str) -> list[Any] | None:
    if kind == "counter":
        return [record.counter_bits, record.boot_id, record.uptime_s]
    return [record.session_id, record.status, record.boot_id, record.uptime_s] if kind == "session" else None
