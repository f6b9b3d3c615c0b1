"""How the predecessor's last transaction ended: every case that can be told apart, and those that a person decides."""

from __future__ import annotations

import pytest
from aiokafka import TopicPartition

from shared.engine.transaction_outcome import Finding, TransactionHangs, judge, needs_finding
from shared.engine.transactions import EMPTY, UNKNOWN_ID, LastTransaction, OpenRange

OWN = TopicPartition("local.rating.events", 3)
COMMANDS = TopicPartition("local.usage.commands", 0)
APPLIED_TO = 1263


def last(state: str, epoch: int = 7, *partitions: TopicPartition) -> LastTransaction:
    producer_id = -1 if state == UNKNOWN_ID else 25
    return LastTransaction(state=state, producer_id=producer_id, epoch=epoch, partitions=frozenset(partitions))


def open_in(tp: TopicPartition, since: int = APPLIED_TO, *, epoch: int = 7, producer_id: int = 25) -> OpenRange:
    return OpenRange(tp=tp, producer_id=producer_id, epoch=epoch, since=since)


CUT_OFF = Finding(25, 7, True)

# fmt: off
TOLD = [
    # state             epoch  in flight    open                                  finding                 committed
    (last(UNKNOWN_ID),                      [],                                   None,                   False),
    (last(EMPTY),                           [],                                   None,                   False),
    (last("CompleteCommit"),                [],                                   None,                   True),
    (last("CompleteCommit"),                [open_in(OWN)],                       None,                   True),
    (last("CompleteCommit"),                [open_in(OWN, 1200)],                 None,                   True),
    (last("CompleteCommit"),                [open_in(COMMANDS, 5)],               None,                   True),
    (last("PrepareCommit", 7, OWN),         [open_in(OWN)],                       None,                   True),
    (last("CompleteAbort"),                 [open_in(COMMANDS, 5)],               None,                   False),
    (last("CompleteAbort", 8),              [open_in(OWN)],                       None,                   False),
    (last("Ongoing", 7, OWN),               [open_in(OWN)],                       None,                   False),
    (last("PrepareAbort", 8, OWN),          [open_in(OWN)],                       None,                   False),
    (last("Ongoing", 7, OWN),               [open_in(COMMANDS, producer_id=26)],  None,                   False),
    (last(EMPTY, 8),                        [open_in(OWN)],                       CUT_OFF,                True),
    (last(EMPTY, 9),                        [open_in(OWN)],                       Finding(25, 7, False),  False),
    (last("CompleteAbort", 8),              [open_in(OWN)],                       Finding(25, 7, False),  False),
    (last("CompleteCommit", 8),             [open_in(OWN)],                       CUT_OFF,                True),
    (last("CompleteAbort", 40),             [],                                   CUT_OFF,                False),
]

NOBODY_KNOWS = [
    (last(UNKNOWN_ID),                      [open_in(OWN)],                       None,         "forgotten ours"),
    (last("CompleteAbort", 8),              [open_in(OWN, producer_id=26)],       None,         "ours is 25"),
    (last("CompleteAbort", 8),              [open_in(OWN, 1262)],                 None,         "share one range"),
    (last("Ongoing", 7, OWN),               [open_in(OWN, 1262)],                 None,         "share one range"),
    (last("Ongoing", 7, OWN),               [open_in(COMMANDS)],                  None,         "an earlier one"),
    (last(EMPTY, 8),                        [open_in(OWN)],                       None,         "started since"),
    (last(EMPTY, 30),                       [open_in(OWN)],                       CUT_OFF,      "started since"),
    (last(EMPTY, 8),                        [open_in(OWN)],    Finding(24, 7, True),            "started since"),
    (last("CompleteCommit", 9),             [open_in(COMMANDS)],                  None,         "earlier owner"),
    (last("CompleteAbort", 9),              [open_in(COMMANDS)],                  None,         "earlier owner"),
    (last("Ongoing", 8, OWN),               [open_in(OWN)],                       CUT_OFF,      "cut off"),
    (last("CompleteAbort", 9),              [],                                   CUT_OFF,      "cut off"),
]
# fmt: on


@pytest.mark.parametrize(("told", "ranges", "finding", "committed"), TOLD)
def test_what_the_evidence_agrees_on_is_how_it_ended(
    told: LastTransaction, ranges: list[OpenRange], finding: Finding | None, committed: bool
) -> None:
    assert judge(told, ranges, own=OWN, applied_to=APPLIED_TO, finding=finding) is committed


@pytest.mark.parametrize(("told", "ranges", "finding", "why"), NOBODY_KNOWS)
def test_where_evidence_conflicts_or_is_forgotten_a_person_decides(
    told: LastTransaction, ranges: list[OpenRange], finding: Finding | None, why: str
) -> None:
    with pytest.raises(TransactionHangs, match=why):
        judge(told, ranges, own=OWN, applied_to=APPLIED_TO, finding=finding)


def test_a_refusal_names_the_place_and_the_brokers_own_tool() -> None:
    with pytest.raises(TransactionHangs) as refused:
        judge(last(EMPTY, 8), [open_in(OWN)], own=OWN, applied_to=APPLIED_TO)
    said = str(refused.value)
    assert "local.rating.events/3 from offset 1263 (producer 25)" in said
    assert "Nothing was changed" in said
    assert "abort --topic local.rating.events --partition 3 --start-offset 1263`" in said


def test_a_finding_is_kept_where_something_is_open_or_may_be() -> None:
    assert needs_finding(last("Ongoing", 7, OWN), [])
    assert needs_finding(last("CompleteCommit"), [open_in(OWN)])
    assert not needs_finding(last("CompleteCommit"), [open_in(COMMANDS, producer_id=26)])


@pytest.mark.parametrize(("state", "after"), [(EMPTY, 8), ("CompleteCommit", 8), ("PrepareAbort", 8), ("Ongoing", 9)])
def test_the_epoch_of_the_next_producer_is_known_before_it_starts(state: str, after: int) -> None:
    assert last(state).epoch_after == after
