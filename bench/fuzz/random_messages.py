"""Messages as a stranger may write them: good ones in every format, those broken in many ways, and plain noise.

    random = Random(4711)
    message(random, 17)      # Strange(value=b'[{"id":"17-0", ...}, ...', key=None, headers=(...))

The same seed makes the same messages. Nothing of the product is imported here.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from random import Random
from typing import Any, Final, NamedTuple

Headers = tuple[tuple[bytes, bytes | None], ...]

_DAY: Final = "2026-11-23T01:00:00Z"
_TOKENS: Final = (
    *(
        b"1e400",
        b"-0",
        b"1" * 5000,
        b'"\\ud800"',
        b"\\u0000",
        b"\xff",
        b"\x00",
        b"\xef\xbb\xbf",
        b"NaN",
        b"null",
        b"true",
    ),
    *(b"[", b"]", b"{", b"}", b",", b":", b'"', b"\\", b"\n", b"\r\n", b" ", b'"id":"1","id":"2",', b'{"a":' * 40),
    *(b"[" * 2000, b"[" * 100 + b"]" * 100, b'"quantity":"1e9",', b'"specversion":"1.0",', b'"data_base64":"e30=",'),
)
_NOISE: Final[tuple[bytes | None, ...]] = (
    *(None, b"", b" ", b"\n", b"\r\n\t ", b"[]", b"[ ]", b"{}", b"null", b"[1e400", b"[[]]", b"0", b'""', b"\xff\xfe"),
    *(b"[" * 50_000, b"{" * 3000, b'{"a":' * 3000 + b"1" + b"}" * 3000, b"olt-12;mac;7", b"1e999999", b"[null,{}]"),
)
_NAMES: Final = (
    *(b"trace", b"", b"tr\xffce", b"\xf0\x9f\x98\x80", b"n" * 3000, b"input", b"reason", b"truncated-from-bytes"),
    *(b"requeued-from", b"CE_ID", b"ce_id", b"ce_source", b"ce_type", b"ce_specversion", b"ce_time", b"content-type"),
)
_VALUES: Final = (
    *(None, b"", b"x", b"\xff", b"v" * 3000, b"1.0", b"meterlog.usage.v1", b"0/1/2", b"9999999/1/2"),
    *(_DAY.encode(), b"\x00", b"application/json"),
)


class Strange(NamedTuple):
    """One message. `may_hold_nothing`: an empty array, of which nothing need be accounted for."""

    value: bytes | None
    key: bytes | None
    headers: Headers

    @property
    def may_hold_nothing(self) -> bool:
        if self.value is None or self.value.strip()[:1] != b"[" or len(self.value) > 1000:
            return False
        try:
            return bool(json.loads(self.value) == [])
        except (ValueError, RecursionError):
            return False


def good(source: str, name: str) -> dict[str, Any]:
    """A record that is counted."""
    return {
        "id": name,
        "source": source,
        "resource": "mac:00:1b:44:11:3a:b7",
        "meter": "data.octets",
        "quantity": "7",
        "started_at": _DAY,
    }


def message(random: Random, number: int) -> Strange:
    kind = random.random()
    if kind < 0.1:
        value: bytes | None = random.choice(_NOISE)
    elif kind < 0.15:
        value = random.randbytes(random.randrange(200))
    else:
        value = _well_formed(random, number)
        for _ in range(random.choice((0, 0, 0, 1, 1, 2, 5))):
            value = random.choice(_MUTATIONS)(random, value)
    if value is not None and random.random() < 0.0005:
        value += b" " * random.choice((1_000_000, 1_048_576 - len(value), 1_048_577))
    key = random.choice((None, b"", b"olt-12", random.randbytes(8)))
    return Strange(value, key, _headers(random, number))


def _well_formed(random: Random, number: int) -> bytes:
    records = [_record(random, f"{number}-{n}") for n in range(random.choice((1, 1, 1, 2, 3, 10, 60)))]
    shape = random.randrange(6)
    if shape == 0:
        return json.dumps(records, indent=random.choice((None, 0, 2)), ensure_ascii=random.random() < 0.5).encode(
            errors="surrogatepass"
        )
    if shape == 1:
        return random.choice((b"\n", b"\r\n")).join(json.dumps(record).encode() for record in records)
    if shape == 2:
        return json.dumps(records[0], separators=(",", ":")).encode()
    event = {"specversion": "1.0", "type": "meterlog.usage.v1", "source": "fuzz", "id": f"{number}"}
    data = {name: value for name, value in records[0].items() if name not in ("id", "source")}
    if shape == 3:
        return json.dumps({**event, "data": data}).encode()
    if shape == 4:
        return json.dumps({**event, "data_base64": b64encode(json.dumps(data).encode()).decode()}).encode()
    return json.dumps(data).encode()


def _record(random: Random, name: str) -> dict[str, Any]:
    made = good("fuzz", name)
    for field in random.sample(sorted(made), random.choice((0, 0, 0, 1, 2))):
        made[field] = random.choice(
            (None, 7, "", "\x00", "é" * 300, "\ud800", [], {}, -1, 1e300, True, "1e9", _DAY, "7.5")
        )
    if random.random() < 0.2:
        made["attributes"] = {random.choice("abc"): random.choice((1, None, "x" * 3000, {"a": [[]]}, '"', "\\"))}
    if random.random() < 0.1:
        made |= {"kind": random.choice(("counter", "session", "x")), "counter_bits": random.choice((32, 64, 7))}
        made["uptime_s"] = random.choice((0, 5, -1, 10**30))
    return made


def _headers(random: Random, number: int) -> Headers:
    if random.random() < 0.6:
        return ()
    if random.random() < 0.2:
        event = (b"ce_specversion", b"1.0"), (b"ce_type", b"meterlog.usage.v1"), (b"ce_source", b"fuzz")
        return (*event, (b"ce_id", str(number).encode()), (b"ce_time", _DAY.encode()))
    count = random.choice((1, 1, 2, 5, 1000 if random.random() < 0.01 else 3))
    return tuple((random.choice(_NAMES), random.choice(_VALUES)) for _ in range(count))


def _cut_off(random: Random, value: bytes) -> bytes:
    return value[: random.randrange(len(value) + 1)]


def _changed(random: Random, value: bytes) -> bytes:
    at = random.randrange(len(value) + 1)
    return value[:at] + random.randbytes(1) + value[at + 1 :]


def _with_token(random: Random, value: bytes) -> bytes:
    at = random.randrange(len(value) + 1)
    return value[:at] + random.choice(_TOKENS) + value[at + random.choice((0, 0, 1, 7)) :]


def _repeated(random: Random, value: bytes) -> bytes:
    first, last = sorted(random.randrange(len(value) + 1) for _ in range(2))
    return value[:last] + value[first:last] * random.choice((1, 1, 3)) + value[last:]


_MUTATIONS: Final[tuple[Callable[[Random, bytes], bytes], ...]] = (_cut_off, _changed, _with_token, _repeated)
