"""How fast invoices become documents, on one core and without servers.

    meterlog bench documents [--invoices 200] [--lines 5000] [--json]
    {"pdf_per_s": 62.1, "ubl_per_s": 2100.0, "cii_per_s": 1900.0, "long_lines": 5000, "long_pdf_s": 3.1, ...}

A normal invoice has five lines, one of them in tiers, a code to pay and the electronic invoice inside; each is another
customer's, so that nothing is taken from the one before. Time is the processor's, of all threads, so that a busy
machine says less. A long invoice is made in a process of its own, whose memory is what it took at most.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec

from services.invoicing.documents import outputs
from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.examples.brussels import BRUSSELS, DATA, FIBRE

WARM_UP: Final = 5
LINES: Final = 5


@dataclass(frozen=True)
class Speed:
    """Documents per second of one core; of a long invoice seconds and megabytes, those before it included."""

    pdf_per_s: float
    ubl_per_s: float
    cii_per_s: float
    invoices: int
    long_lines: int
    long_pdf_s: float
    long_rss_mb_max: int
    idle_rss_mb: int

    def figures(self) -> dict[str, Any]:
        return asdict(self)


def measure(*, invoices: int, lines: int) -> Speed:
    """Every output as often as asked, then one long PDF."""
    rates = {name: round(_per_second(outputs()[name].render, invoices), 1) for name in ("pdf", "ubl", "cii")}
    with multiprocessing.get_context("spawn").Pool(1) as apart:
        seconds, peak, idle = apart.apply(_long, (lines,))
    return Speed(
        pdf_per_s=rates["pdf"],
        ubl_per_s=rates["ubl"],
        cii_per_s=rates["cii"],
        invoices=invoices,
        long_lines=lines,
        long_pdf_s=round(seconds, 2),
        long_rss_mb_max=peak,
        idle_rss_mb=idle,
    )


def sentence(figures: dict[str, Any]) -> str:
    """The figures for people."""
    return (
        f"{figures['pdf_per_s']} PDFs/s, {figures['ubl_per_s']} UBL/s, {figures['cii_per_s']} CII/s of one core;"
        f" {figures['long_lines']} lines in {figures['long_pdf_s']} s and {figures['long_rss_mb_max']} MB"
    )


def invoice(n: int, lines: int = LINES) -> InvoiceContents:
    """The n-th: another customer, other amounts."""
    made = [msgspec.structs.replace((FIBRE, DATA)[k == 1], n=k + 1, net=_net(n, k), daily=None) for k in range(lines)]
    net = sum((line.net for line in made), Decimal(0))
    tax = (net / 5).quantize(Decimal("0.01"))
    group = msgspec.structs.replace(BRUSSELS.tax_groups[0], base=net, tax=tax)
    return msgspec.structs.replace(
        BRUSSELS,
        number=f"INV-{n:06}",
        account_id=f"acc-{n}",
        bill_to=f"Customer {n} Ångström",
        lines=made,
        tax_groups=[group],
        net=net,
        tax=tax,
        total=net + tax,
    )


def _net(n: int, line: int) -> Decimal:
    return Decimal(1000 + (n * 7919 + line * 31) % 90_000) / 100


def _per_second(render: Callable[[InvoiceContents], bytes], count: int) -> float:
    made = [invoice(n) for n in range(count + WARM_UP)]
    for contents in made[:WARM_UP]:
        render(contents)
    before = time.process_time()
    for contents in made[WARM_UP:]:
        render(contents)
    return count / (time.process_time() - before)


def _long(lines: int) -> tuple[float, int, int]:
    """Seconds of the processor, and the most memory (MB) after and before one long PDF."""
    outputs()["pdf"].render(invoice(0))
    idle, before = _peak_mb(), time.process_time()
    outputs()["pdf"].render(invoice(1, lines))
    return time.process_time() - before, _peak_mb(), idle


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    print(json.dumps(measure(invoices=200, lines=5000).figures()))


if __name__ == "__main__":
    main()
