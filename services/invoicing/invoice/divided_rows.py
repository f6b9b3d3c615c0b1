"""Lines that include tax, in rows: what of each is net once the draft is complete, and once it is locked (R42).

InvoiceLocked(nets={1: Decimal("8.39")})   ->   line 1 of 9.99: net 8.39
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from services.invoicing.invoice.messages import InvoiceDrafted, InvoiceLocked
from services.invoicing.invoice.next_event import NextEvent, next_event
from services.invoicing.taxes.contract import sum_of
from shared.engine.rows import Amount, Change, Columns, Jsonb, jsonb
from shared.engine.tables import Statement, update


class DividedLine(Change, frozen=True, kw_only=True):
    """What of a line that includes tax is net: `line` is that field of it."""

    TABLE = "invoice_line"
    KEY = ("invoice_id", "n")

    invoice_id: str
    n: int
    line: Jsonb


class DraftDivided(NextEvent, frozen=True, kw_only=True):
    """Of a draft some of whose lines include tax, what the lines come to without it."""

    version: int = 0
    net: Amount


def _last(earlier: DividedLine, later: DividedLine) -> DividedLine:
    return later


DIVIDED: Final[tuple[Statement[Any], ...]] = (
    update(DividedLine, sets={"line": "t.line || new.line"}, merge=_last),
    next_event(DraftDivided),
)
"""Written once lines and drafts are there."""


def divided(event: InvoiceDrafted, seq: int) -> Iterator[Columns]:
    """The nets of lines that include tax, and of the draft, whose row has the net before allowances."""
    if event.nets:
        net = sum_of([event.net, *(allowance.amount for allowance in event.allowances)], event.currency)
        yield DraftDivided.of(event, net=net, version=0, seq=seq)
        yield from nets(event)


def nets(event: InvoiceDrafted | InvoiceLocked) -> Iterator[Columns]:
    """What of each line that includes tax is net."""
    for n, net in event.nets.items():
        yield DividedLine(invoice_id=event.invoice_id, n=n, line=jsonb({"net": net}))
