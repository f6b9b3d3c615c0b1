"""Transactions and who may write them: one producer per transactional id, the latest to have started.

first = Transactional("local.rating.2", producer_id=7, timeout_s=10)
first.epoch                 # 0; started again by anybody, it is 1, and whoever holds 0 is fenced

What the coordinator has recorded of a transaction (`Transactional.last`) and what a partition knows of it are two
things: a marker may be lost between them, and then the transaction hangs there until the next marker of its producer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from aiokafka.errors import ProducerFenced
from aiokafka.structs import TopicPartition

if TYPE_CHECKING:
    from tests.kit.memory_log.partition import Partition


class TransactionState(Enum):
    """How a transaction ended, in the coordinator's words."""

    COMMITTED = "CompleteCommit"
    ABORTED = "CompleteAbort"


@dataclass(eq=False)
class Transaction:
    """What one transaction has written, and the offsets that move with it, by group."""

    producer_id: int
    epoch: int
    began_s: float
    partitions: dict[TopicPartition, Partition] = field(default_factory=dict)
    offsets: dict[str, dict[TopicPartition, int]] = field(default_factory=dict)


@dataclass(eq=False)
class Transactional:
    """What the coordinator knows of a transactional id. `open` is its transaction in flight, if any; `last` how the one
    before ended, `None` from the start of a producer until its first end.
    """

    id: str
    producer_id: int
    timeout_s: float
    epoch: int = -1
    open: Transaction | None = None
    last: TransactionState | None = None

    def check(self, epoch: int) -> None:
        """Raises `ProducerFenced` for anybody but the latest to have started."""
        if epoch != self.epoch:
            raise ProducerFenced(f"{self.id}: epoch {epoch} was fenced by epoch {self.epoch}")
