"""Outages walk on: the first page of every partition when one is recorded or confirmed, each next page after it.

OutageRecorded, OutageConfirmed  -> CreditAccounts   to every partition
OutagePageWalked                 -> CreditAccounts   to the same partition, unless it was the last page
"""

from __future__ import annotations

from collections.abc import Iterator

from services.rating.correction_run.walking import next_page
from services.rating.outage.messages import CreditAccounts, OutageConfirmed, OutagePageWalked, OutageRecorded
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react_outage(
    event: OutageRecorded | OutageConfirmed | OutagePageWalked, envelope: Envelope, view: View
) -> Iterator[Send]:
    if isinstance(event, OutagePageWalked):
        if not event.last:
            yield Send(next_page(CreditAccounts, event), to="rating", partition=event.partition)
        return
    for partition in range(event.partitions):
        walk = same_fields(CreditAccounts, event, dry_run=isinstance(event, OutageRecorded))
        yield Send(walk, to="rating", partition=partition)
