"""The events of one invoice in the order in which they happened, though many of them have one instant.

    in_order([...])  ->  ApprovalAsked, InvoiceApproved, InvoiceLocked, NumberAssigned, InvoiceIssued, ReceivableOpened

Events of one partition stand in its order. Those of several partitions do not compare by their numbers: where they have
one instant, as all have that a test clock's step brings about, the life of an invoice orders them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final, TypeVar

Event = TypeVar("Event", bound=Mapping[str, Any])

_LIFE: Final = (
    *("invoicing.InvoiceDrafted", "invoicing.DraftDisagreed", "invoicing.InvoiceLocked"),
    *("invoicing.NumberAssigned", "invoicing.InvoiceIssued", "payments.ReceivableOpened"),
    *("invoicing.AmountDueStated", "invoicing.InvoiceVoidAsked", "payments.ReceivableWithdrawn"),
    *("payments.WithdrawalRefused", "invoicing.InvoiceVoided", "invoicing.InvoiceVoidRefused"),
)
_VERSION: Final = re.compile(r"[.]v\d+$")


def in_order(events: Iterable[Event]) -> list[Event]:
    """By `recorded_at`, `topic`, `partition`, `seq` and `type` of each."""
    at = sorted(events, key=lambda event: (event["recorded_at"], event["topic"], event["partition"], event["seq"]))
    return [event for _, same in groupby(at, key=lambda event: event["recorded_at"]) for event in _merged(same)]


def _merged(events: Iterable[Event]) -> Iterator[Event]:
    """Each partition in its own order; of those that are first of theirs, what the life of an invoice has first.

    What it does not name waits for nothing but what stands before it.
    """
    queues = [list(own) for _, own in groupby(events, key=lambda event: (event["topic"], event["partition"]))]
    while queues:
        first = min(queues, key=lambda queue: _place(queue[0]["type"]))
        yield first.pop(0)
        queues = [queue for queue in queues if queue]


def _place(event_type: str) -> int:
    name = _VERSION.sub("", event_type)
    return _LIFE.index(name) if name in _LIFE else -1
