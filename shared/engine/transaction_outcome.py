"""How the predecessor's last transaction ended, judged by all that is known of it; pure.

    coordinator          open in a partition                  Postgres             verdict
    CompleteCommit, 7    –                                    –                    committed (a formality)
    CompleteAbort, 8     rating.events/3 from 1263, epoch 7   applied up to 1260   aborted: the marker was lost
    CompleteCommit, 7    usage.guided/1 from 88, epoch 7      –                    committed: the marker was lost
    Ongoing, 7           rating.events/3 from 1263, epoch 7   applied up to 1270   refused: 1263 is applied already
    unknown id           rating.events/3 from 1263, epoch 7   –                    refused: another producer's

A range in a topic that others read too is judged by what caused its first message (`caused_before`): own events that
have been applied were committed, and so was what was sent with them.

One producer writes its transactions one after the other, and each takeover closes all that is open. So what of it is
open is of its last owner, and where the coordinator's word can't be meant for it, nobody knows and a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiokafka import TopicPartition

from shared.engine.transactions import (
    COMMITTED,
    EMPTY,
    ENDING,
    ONGOING,
    UNKNOWN_ID,
    LastTransaction,
    OpenRange,
)

# Fencing or a time-out gives the coordinator a new epoch; what was written has the one before.
_FENCED: Final = 1
# An owner that died on the way: it was started, its closing transaction begun, and given up by the broker.
_DIED_ON_THE_WAY: Final = 3


class TransactionHangs(Exception):
    """A transaction is open in the log, and how it ended is not known, or it can't be closed by us."""

    def __init__(self, found: OpenRange | None, why: str) -> None:
        super().__init__(
            why if found is None else f"a transaction hangs in {found}: {why}. Nothing was changed. {_tools(found)}"
        )
        self.found = found


@dataclass(frozen=True)
class Finding:
    """What an owner found before it fenced its predecessor, kept in Postgres until all is closed.

    The coordinator forgets it with the first InitProducerId: a successor of an owner that died then has this alone.
    """

    producer_id: int
    epoch: int
    committed: bool

    def holds_for(self, last: LastTransaction) -> bool:
        """Whether it is about the transaction before the one that the coordinator tells of now."""
        return self.producer_id == last.producer_id and self.epoch < last.epoch <= self.epoch + _DIED_ON_THE_WAY


def judge(
    last: LastTransaction,
    ranges: Sequence[OpenRange],
    *,
    own: TopicPartition,
    applied_to: int,
    finding: Finding | None = None,
) -> bool:
    """Whether the predecessor's last transaction was committed. Raises `TransactionHangs` where nobody can tell.

    `applied_to`: where the next own event to apply stands, as it was *before* brokers were asked.
    """
    for found in ranges:
        if found.tp == own and found.producer_id != last.producer_id:
            raise TransactionHangs(found, _foreign(last))
    ours = [found for found in ranges if found.producer_id == last.producer_id]
    found_before = finding if finding is not None and finding.holds_for(last) else None
    committed = _by_coordinator(last, ours) if found_before is None else _by_finding(found_before, last, ours)
    for found in ours:
        if not committed and found.tp == own and found.since < applied_to:
            why = f"it was aborted, and up to offset {applied_to} it has been applied: two transactions share one range"
            raise TransactionHangs(found, why)
    return committed


def caused_before(cause: str | None, own: str, *, next_seq: int) -> bool:
    """Whether a message was caused by an own event that has been applied. `own`: a service and its partition.

    Of two transactions that share a range the first was committed then, whatever became of the last one.

    >>> caused_before("usage/1/57", "usage/1", next_seq=58), caused_before("usage/1/58", "usage/1", next_seq=58)
    (True, False)
    >>> caused_before("c0ffee", "usage/1", next_seq=58), caused_before("rating/1/5", "usage/1", next_seq=58)
    (False, False)
    """
    place, _, number = (cause or "").rpartition("/")
    return place == own and number.isdecimal() and int(number) < next_seq


def needs_finding(last: LastTransaction, ranges: Sequence[OpenRange]) -> bool:
    """Whether more than the coordinator's memory is at stake when the producer is started."""
    return last.state == ONGOING or any(found.producer_id == last.producer_id for found in ranges)


def _by_coordinator(last: LastTransaction, ours: Sequence[OpenRange]) -> bool:
    committed = last.state in COMMITTED
    for found in ours:
        if last.state in (EMPTY, UNKNOWN_ID):
            raise TransactionHangs(found, "its producer was started since, and how it ended is forgotten")
        if last.state in (ONGOING, *ENDING) and not committed and found.tp not in last.partitions:
            raise TransactionHangs(found, "it is an earlier one than the last, and how it ended is forgotten")
        if found.epoch < last.epoch - (0 if committed else _FENCED):
            raise TransactionHangs(found, "it is of an earlier owner, and how it ended is forgotten")
    return committed


def _by_finding(finding: Finding, last: LastTransaction, ours: Sequence[OpenRange]) -> bool:
    """What an owner found that died before all was closed. It had begun nothing but the transaction that closes."""
    if not finding.committed or last.state == EMPTY or last.state in COMMITTED:
        return finding.committed
    why = (
        "it was committed, and the transaction that was to say so in every partition was cut off, so that the broker "
        "may have marked it as aborted in some"
    )
    raise TransactionHangs(next(iter(ours), None), why)


def _foreign(last: LastTransaction) -> str:
    known = "the broker has forgotten ours" if last.producer_id < 0 else f"ours is {last.producer_id}"
    return f"only this partition's owner writes there, under one producer id, and {known}"


def _tools(found: OpenRange) -> str:
    place = f"--topic {found.tp.topic} --partition {found.tp.partition}"
    return (
        f"`kafka-transactions.sh --bootstrap-server … find-hanging {place}` shows it, and `… abort {place} "
        f"--start-offset {found.since}` gives it up; docs/operations.md says when that is right"
    )
