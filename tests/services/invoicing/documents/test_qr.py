"""The code that a payment is asked for with is the one that a library makes of the same bytes."""

from __future__ import annotations

import random
from typing import Final

import pytest
import segno

from services.invoicing.documents.paper.qr import BYTES_MAX, modules, qr_svg

FULL: Final = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331)
"""So many bytes fill a version to its last."""


@pytest.mark.parametrize("length", [*range(15, BYTES_MAX, 9), *FULL])
def test_a_code_of_every_version_is_that_of_the_library(length: int) -> None:
    data = b"\n" + bytes(random.Random(length).randrange(256) for _ in range(length - 1))
    code = segno.make_qr(data, error="m", boost_error=False, mask=3)
    assert list(modules(data)) == ["".join(map(str, row)) for row in code.matrix]


def test_a_picture_draws_each_dark_module_once() -> None:
    data = b"BCD\n002\n1\nSCT\n\nFibre\nFR7630006000011234567890189\nEUR12.50\n\n\nINV-000042"
    drawn: set[tuple[int, int]] = set()
    column, row = 0.0, 0.0
    path = qr_svg(data).split(' d="')[1].split('"')[0]
    for step in path.replace("M", "m").split("m")[1:]:
        move, length = step.split("h")
        right, down = map(float, move.split())
        column, row = column + right, row + down
        drawn |= {(int(row), int(column) + n) for n in range(int(length))}
        column += int(length)
    rows = modules(data)
    assert drawn == {(y, x) for y, line in enumerate(rows) for x, dark in enumerate(line) if dark == "1"}


def test_more_than_a_payment_code_may_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="332 bytes are more than the 331"):
        qr_svg(bytes(332))
