"""What a body costs grows with its bytes, whatever stands in it: reading it holds up everything else in the process."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest

from services.usage.formats import parse, split
from services.usage.formats.contract import PIECES_MAX, Undecodable
from services.usage.record.messages import RECORDS_PER_MESSAGE_MAX

ESCAPED_QUOTES = b'"' + b'\\"' * 100_000
MANY = 400_000


@pytest.mark.parametrize("body", [ESCAPED_QUOTES + b"\n{}", b"[" * 3000 + ESCAPED_QUOTES])
def test_a_text_that_never_ends_is_looked_through_once(body: bytes) -> None:
    began = time.process_time()
    assert isinstance(parse(body, {})[0], Undecodable)
    # Looked for again behind each of its quotes it would take minutes.
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"[" + b"0," * MANY + b"0]", {}),
        (b"{}\n" * MANY, {}),
        (b'{"a":1}\r' * MANY, {}),
        (b"source,resource\n" + b"a\n" * MANY, {"content-type": "text/csv"}),
        (b"[" + b"{}," * MANY + b"{}]", {"usage-format": "gnmic"}),
        (b"{}\n" * MANY, {"usage-format": "goflow2"}),
        (b"\x30\x00" * MANY, {"usage-format": "cdr_3gpp"}),
        (b"<IPDRDoc>" + b"<IPDR/>" * MANY + b"</IPDRDoc>", {"usage-format": "ipdr"}),
    ],
    ids=["array", "lines", "carriage returns", "csv", "gnmic", "goflow2", "cdr", "ipdr"],
)
def test_nobody_reads_on_behind_the_first_piece_that_is_too_many(body: bytes, headers: Mapping[str, str]) -> None:
    assert len(parse(body, headers)) == PIECES_MAX + 1
    assert len(split(body, headers)) == PIECES_MAX + 1


def test_so_many_pieces_are_what_a_message_may_have() -> None:
    assert PIECES_MAX == RECORDS_PER_MESSAGE_MAX
    assert len(parse(b"{}\n" * PIECES_MAX, {})) == PIECES_MAX
