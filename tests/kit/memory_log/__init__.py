"""A log in memory with Kafka's semantics, for tests that need thousands of runs or an exact order of events.

    broker.py       topics, transactions, groups; a time that moves only when told
    partition.py    records, commit markers, the last stable offset, retention
    transaction.py  transactional ids, epochs, fencing
    group.py        membership, range assignment, committed offsets
    consumer.py     the part of aiokafka's consumer that the runtime uses
    producer.py     the part of aiokafka's producer
    inquiry.py      how transactions stand
    log.py          the factories of shared.engine.log
    turns.py        when requests happen: at once, or as a scheduler decides

It keeps the same contract as real Kafka (tests/contracts/log). It can lose markers of transactions, as brokers do that
fail. What it does not have: replicas, a network. Nothing that a test claims about delivery rests on it alone.
"""

from tests.kit.memory_log.broker import Broker
from tests.kit.memory_log.log import MemoryLog
from tests.kit.memory_log.turns import AtOnce, Turns

__all__ = ["AtOnce", "Broker", "MemoryLog", "Turns"]
