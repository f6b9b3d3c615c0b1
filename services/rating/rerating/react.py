"""Reratings walk on: the first page of every partition when one starts or is confirmed, each next page after it.

ReratingStarted, ReratingConfirmed  -> RerateAccounts   to every partition
ReratingPageWalked                  -> RerateAccounts   to the same partition, unless it was the last page
"""

from __future__ import annotations

from collections.abc import Iterator

from services.rating.correction_run.walking import next_page
from services.rating.rerating.messages import RerateAccounts, ReratingConfirmed, ReratingPageWalked, ReratingStarted
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.partition import partition_of
from shared.kernel.same_fields import same_fields


def react_rerating(
    event: ReratingStarted | ReratingConfirmed | ReratingPageWalked, envelope: Envelope, view: View
) -> Iterator[Send]:
    if isinstance(event, ReratingPageWalked):
        if not event.last:
            yield Send(next_page(RerateAccounts, event), to="rating", partition=event.partition)
        return
    dry_run = isinstance(event, ReratingStarted) and event.dry_run
    for partition in range(event.partitions):
        named = event.account_ids
        here = None if named is None else [one for one in named if partition_of(one, event.partitions) == partition]
        walk = same_fields(RerateAccounts, event, dry_run=dry_run, account_ids=here)
        yield Send(walk, to="rating", partition=partition)
