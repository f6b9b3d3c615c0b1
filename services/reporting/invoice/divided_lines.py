"""Lines that include tax: what of each is net, as a draft forecasts it and its lock fixes it (R42)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from services.invoicing.invoice.messages import InvoiceDrafted, InvoiceLocked
from shared.engine.rows import Amount, Change, Columns
from shared.engine.tables import Statement, update


class LineDivided(Change, frozen=True, kw_only=True):
    """What of a line that includes tax is net."""

    TABLE = "invoice_line_row"
    KEY = ("invoice_id", "n")

    invoice_id: str
    n: int
    net: Amount


OF_LINES: Final[tuple[Statement[Any], ...]] = (update(LineDivided),)


def rows(event: InvoiceDrafted | InvoiceLocked) -> Iterator[Columns]:
    return (LineDivided(invoice_id=event.invoice_id, n=n, net=net) for n, net in event.nets.items())
