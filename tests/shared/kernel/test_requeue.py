"""What a bug put aside is taken again as if it arrived now, in order, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.engine.service import Service
from shared.kernel.cause import Cause
from shared.kernel.dead_letters import BEHIND, DeadLetter, QueuePlace, as_bytes, as_text
from shared.kernel.envelope import Envelope
from shared.kernel.message import encode
from shared.kernel.outcome import (
    CommandFaulted,
    InputCrashedAgain,
    InputDiscarded,
    InputParked,
    InputRequeued,
    Parking,
    outcomes,
)
from shared.kernel.recovery import DiscardDeadLetter, RequeueDeadLetter, RequeueParked
from shared.kernel.requeue import described
from tests.kit.memory_partition import Desk
from tests.kit.toy import UPSTREAM, CoinFound, CoinsFound, Jar, PutCoins, PutMany, toy_service

MENDED = toy_service(mended=True)


async def finds(desk: Desk, *coins: int, account: str = "a", first: int = 1) -> None:
    for n, number in enumerate(coins, first):
        await desk.arrives("invoicing.events", UPSTREAM, CoinFound(account_id=account, coins=number), seq=n)


def jars(desk: Desk) -> dict[str, int]:
    return {jar.account_id: jar.total for jar in desk.states(Jar)}


def the(desk: Desk, kind: type[Any]) -> list[Any]:
    return [event for event, _ in desk.written if isinstance(event, kind)]


def effects(desk: Desk) -> list[tuple[str, Any]]:
    """What the service did and sent, without what tells of the parking."""
    runtime = (InputParked, InputRequeued, InputDiscarded, InputCrashedAgain, CommandFaulted)
    done = [
        ("event", (event, e.correlation_id, e.command_id)) for event, e in desk.written if type(event) not in runtime
    ]
    return done + [("send", (send, envelope.correlation_id)) for send, envelope in desk.sent]


async def test_after_the_bug_is_mended_the_state_is_the_one_that_would_have_been() -> None:
    desk, untroubled = Desk(toy_service()), Desk(MENDED)
    for one in (desk, untroubled):
        await finds(one, 666, 200, 7)
        await finds(one, 5, account="b", first=4)
    assert jars(desk) == {"b": 5}

    desk.service = MENDED
    await desk.asks(RequeueParked(parking_key="a"))
    assert jars(desk) == jars(untroubled) == {"a": 853, "b": 5}
    assert sorted(effects(desk), key=repr) == sorted(effects(untroubled), key=repr)
    assert not desk.states(Parking)
    assert not desk.states(QueuePlace)


async def test_what_is_sent_at_once_has_the_command_id_it_would_have_had() -> None:
    desk, untroubled = Desk(toy_service()), Desk(MENDED)
    for one in (desk, untroubled):
        await finds(one, 666, 200)
    desk.service = MENDED
    await desk.asks(RequeueParked(parking_key="a"))
    ids = [[envelope.command_id for send, envelope in one.sent] for one in (desk, untroubled)]
    assert ids[0] == ids[1] != []


async def test_each_input_is_followed_by_its_effects_in_the_order_of_the_queue() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666, 1)
    desk.service = MENDED
    await desk.asks(RequeueParked(parking_key="a"))
    assert desk.events == ["InputParked", "InputParked", "InputRequeued", "CoinsPut", "InputRequeued", "CoinsPut"]
    assert [event.seq for event in the(desk, InputRequeued)] == [1, 2]
    assert [(event.n, event.attempts, event.error) for event in the(desk, InputParked)] == [
        (1, 1, "ZeroDivisionError: haunted coins"),
        (2, 0, BEHIND),
    ]


async def test_the_requeue_answers_the_operator_and_the_effects_keep_their_cause() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666)
    desk.service = MENDED
    await desk.asks(RequeueParked(parking_key="a"))
    (_, parked), (_, requeued), (_, put) = desk.written
    assert (requeued.command_id, requeued.actor) == ("ask-1", "user:operator")
    assert (put.command_id, put.causation_id, put.correlation_id) == (None, "invoicing/1/1", "invoicing/1/1")
    assert put.input == parked.input == "invoicing.events/1/0"


async def test_what_crashes_again_stays_with_all_behind_it() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666, 1)
    await desk.asks(RequeueParked(parking_key="a"))
    assert desk.refusals() == ["crashed_again"]
    assert jars(desk) == {}
    (queue,) = desk.states(Parking)
    assert queue.count == 2
    assert [(event.seq, event.attempts) for event in the(desk, InputCrashedAgain)] == [(1, 2)]

    await desk.asks(RequeueParked(parking_key="a"))
    assert [event.attempts for event in the(desk, InputCrashedAgain)] == [2, 3]


async def test_what_stood_before_the_one_that_crashes_again_is_taken() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666, 1, 666, 2)
    await desk.asks(DiscardDeadLetter(seq=1, reason="not ours"))
    await desk.asks(RequeueParked(parking_key="a"))
    assert jars(desk) == {"a": 1}
    (queue,) = desk.states(Parking)
    assert queue.count == 2
    assert the(desk, InputCrashedAgain)[0].seq == 3
    assert desk.refusals() == ["crashed_again"]


async def test_a_letter_in_the_middle_is_taken_after_those_before_it() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666, 1, 2)
    desk.service = MENDED
    await desk.asks(RequeueDeadLetter(seq=2))
    assert jars(desk) == {"a": 667}
    assert desk.states(Parking)[0].count == 1
    await desk.asks(RequeueDeadLetter(seq=3, queue=True))
    assert jars(desk) == {"a": 669}


async def test_a_discarded_first_lets_the_next_through() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666, 1)
    await desk.asks(DiscardDeadLetter(seq=1, reason="a coin of another realm"))
    await desk.asks(RequeueParked(parking_key="a"))
    assert jars(desk) == {"a": 1}
    assert [(event.seq, event.reason) for event in the(desk, InputDiscarded)] == [(1, "a coin of another realm")]


async def test_only_the_first_of_a_queue_is_discarded() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666, 1)
    await desk.asks(DiscardDeadLetter(seq=2, reason="no"))
    assert desk.refusals() == ["not_first"]
    assert desk.states(Parking)[0].count == 2


@pytest.mark.parametrize("again", [RequeueDeadLetter(seq=1), DiscardDeadLetter(seq=1, reason="late")])
async def test_nothing_is_resolved_twice(again: RequeueDeadLetter | DiscardDeadLetter) -> None:
    desk = Desk(toy_service())
    await finds(desk, 666)
    await desk.asks(DiscardDeadLetter(seq=1, reason="not ours"))
    await desk.asks(again)
    assert desk.refusals() == ["already_resolved"]


async def test_what_was_never_put_aside_is_not_found() -> None:
    desk = Desk(toy_service())
    await finds(desk, 1)
    await desk.asks(RequeueDeadLetter(seq=1))
    await desk.asks(RequeueParked(parking_key="a"))
    assert desk.refusals() == ["not_found", "not_parked"]


async def test_a_command_of_a_reaction_queues_behind_its_account_and_a_callers_is_refused() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666)
    await desk.command(PutCoins(account_id="a", coins=5), "from-elsewhere", causation_id="rating/1/7")
    await desk.command(PutCoins(account_id="a", coins=50), "interactive")
    assert desk.events == ["InputParked", "InputParked", "CommandRejected"]

    desk.service = MENDED
    await desk.asks(RequeueParked(parking_key="a"))
    await desk.command(PutCoins(account_id="a", coins=50), "interactive")
    assert jars(desk) == {"a": 721}
    results = {e.command_id for event, e in desk.written if type(event).__name__ == "CoinsPut"}
    assert results == {None, "from-elsewhere", "interactive"}


async def test_a_timer_does_not_queue_it_is_sent_again() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666)
    await desk.command(PutCoins(account_id="a", coins=5), "t1", causation_id="due/empty/a", actor="timer")
    assert desk.refusals() == ["account_parked"]


# -- commands --------------------------------------------------------------------------------------------------------


async def test_a_dead_lettered_command_is_decided_again_under_its_id() -> None:
    desk = Desk(toy_service())
    await desk.command(PutCoins(account_id="a", coins=666), "c1", actor="key:k7")
    desk.service = MENDED
    await desk.asks(RequeueDeadLetter(seq=1))
    assert jars(desk) == {"a": 666}
    assert desk.events == ["CommandFaulted", "InputRequeued", "CoinsPut"]
    put = desk.written[-1][1]
    assert (put.command_id, put.actor, put.input) == ("c1", "key:k7", "payments.commands/1/0")


async def test_a_sender_who_sends_it_again_resolves_it() -> None:
    """And an operator who then requeues it is told so; it is not decided twice."""
    desk = Desk(toy_service())
    await desk.command(PutCoins(account_id="a", coins=666), "c1")
    desk.service = MENDED
    await desk.command(PutCoins(account_id="a", coins=666), "c1")
    await desk.asks(RequeueDeadLetter(seq=1))
    assert jars(desk) == {"a": 666}
    assert desk.events == ["CommandFaulted", "InputRequeued", "CoinsPut", "CommandRejected"]
    assert desk.refusals() == ["already_resolved"]


async def test_a_command_sent_again_that_crashes_again_is_one_dead_letter() -> None:
    desk = Desk(toy_service())
    for _ in range(3):
        await desk.command(PutCoins(account_id="a", coins=666), "c1")
    assert [(event.attempts, event.previous) for event in the(desk, CommandFaulted)] == [(1, None), (2, 1), (3, 2)]
    assert [letter.seq for letter in desk.states(DeadLetter) if letter.status == "open"] == [3]


async def test_a_dead_lettered_command_crashes_again_and_stays() -> None:
    desk = Desk(toy_service())
    await desk.command(PutCoins(account_id="a", coins=666), "c1")
    await desk.asks(RequeueDeadLetter(seq=1))
    assert desk.refusals() == ["crashed_again"]
    assert [letter.attempts for letter in desk.states(DeadLetter)] == [2]


async def test_a_command_of_a_parked_account_waits_for_its_queue() -> None:
    desk = Desk(toy_service())
    await desk.command(PutCoins(account_id="a", coins=666), "c1")
    await finds(desk, 666)
    desk.service = MENDED
    await desk.asks(RequeueDeadLetter(seq=1))
    assert desk.refusals() == ["account_parked"]
    await desk.asks(RequeueParked(parking_key="a"))
    await desk.asks(RequeueDeadLetter(seq=1))
    assert jars(desk) == {"a": 1332}


async def test_parts_of_a_hot_command_are_dead_letters_of_their_own() -> None:
    desk = Desk(toy_service())
    await desk.command(PutMany(puts=[("x", 1), ("y", 666), ("z", 666)]), "hot-1")
    assert [event.payload for event in the(desk, CommandFaulted)] == ['{"puts":[["y",666]]}', '{"puts":[["z",666]]}']
    desk.service = MENDED
    for seq in (2, 3):
        await desk.asks(RequeueDeadLetter(seq=seq))
    assert jars(desk) == {"x": 1, "y": 666, "z": 666}


async def test_the_same_question_is_answered_once() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666, 1)
    desk.service = MENDED
    for _ in range(2):
        await desk.command(RequeueDeadLetter(seq=1), "ask")
    assert desk.events.count("InputRequeued") == 1
    assert desk.events[-1] == "CoinsPut"


# -- bytes and parts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", b'{"account_id":"a","coins":"\xc3\xa9"}', b"x" * 600_000, b"", b'"\\u0000\x00"']
)
async def test_every_byte_of_a_payload_survives(raw: bytes) -> None:
    desk = Desk(toy_service())
    await desk.arrives("invoicing.events", UPSTREAM, CoinFound(account_id="a", coins=1), raw=raw, seq=1)
    (letter,) = desk.replayed().states(DeadLetter)
    assert letter.payload == raw
    (parked,) = the(desk, InputParked)
    assert parked.payload == raw.decode(errors="replace")[: len(parked.payload)]


@pytest.mark.parametrize("raw", [b'"\\u0000\x00"', b"\x00" * 300, b"plain \\u0000 text"])
def test_every_byte_of_a_payload_survives_the_way_through_the_log(raw: bytes) -> None:
    payload, exact = as_text(raw)
    parked = InputParked(
        parking_key="a", n=1, topic="t", type="x", offset=1, payload=payload, payload_base64=exact, error="!"
    )
    read = outcomes("rating").decode("rating.InputParked.v1", encode(parked))
    assert isinstance(read, InputParked)
    assert as_bytes(read.payload, read.payload_base64) == raw


def test_a_bug_is_described_in_text_that_every_table_holds() -> None:
    assert described(ValueError("a\0b\ud800" + "x" * 10_000)).startswith("ValueError: a\ufffdb\\ud800xxx")
    assert len(described(ValueError("\ud800" * 10_000)).encode()) < 32_000


async def test_what_an_older_version_could_not_read_a_newer_one_takes() -> None:
    desk = Desk(toy_service())
    unknown = {"type": "invoicing.CoinFound.v9"}
    await desk.arrives("invoicing.events", UPSTREAM, CoinFound(account_id="a", coins=1), raw=b"{", seq=1, **unknown)
    await desk.asks(RequeueDeadLetter(seq=1))
    assert desk.refusals() == ["crashed_again"]


async def test_of_a_whole_message_only_the_part_of_a_haunted_account_waits_on() -> None:
    """A message that stood in the queue of its source is taken; what crashes of it goes to the account's own queue."""
    desk = Desk(toy_service())
    topic = "invoicing.events"
    await desk.arrives(topic, UPSTREAM, CoinsFound(n=-1, finds=[("a", 1), ("b", 1)]), seq=1)
    await desk.arrives(topic, UPSTREAM, CoinsFound(n=2, finds=[("a", 10), ("b", 666)]), seq=2)
    assert [queue.parking_key for queue in desk.states(Parking)] == ["invoicing/1"]
    await desk.asks(DiscardDeadLetter(seq=1, reason="no message"))
    await desk.asks(RequeueParked(parking_key="invoicing/1"))
    assert jars(desk) == {"a": 10}
    assert [queue.parking_key for queue in desk.states(Parking)] == ["b"]

    desk.service = MENDED
    await desk.asks(RequeueParked(parking_key="b"))
    assert jars(desk) == {"a": 10, "b": 666}


# -- pages and proof -------------------------------------------------------------------------------------------------


async def test_a_long_queue_is_taken_page_by_page_by_commands_to_itself() -> None:
    desk, untroubled = Desk(toy_service()), Desk(MENDED)
    for one in (desk, untroubled):
        await finds(one, 666, *([1] * 1100))
    desk.service = MENDED
    await desk.asks(RequeueParked(parking_key="a"))
    assert desk.events.count("InputRequeued") == 500
    # Meanwhile another one comes, and still stands behind.
    await finds(desk, 7, first=2000)
    while await desk.follow_up():
        pass
    assert jars(desk) == {"a": 666 + 1100 + 7}
    assert not desk.states(Parking)


async def test_what_is_put_aside_is_rebuilt_from_the_events_alone() -> None:
    desk = Desk(toy_service())
    await finds(desk, 666, 1, 2, 3)
    await desk.command(PutCoins(account_id="z", coins=666), "c1")
    await desk.asks(DiscardDeadLetter(seq=1, reason="not ours"))
    await desk.asks(RequeueDeadLetter(seq=2))
    await desk.asks(RequeueDeadLetter(seq=5))
    again = desk.replayed()
    for kind in (Jar, Parking, QueuePlace, DeadLetter):
        assert sorted(again.states(kind), key=lambda d: d.key) == sorted(desk.states(kind), key=lambda d: d.key)


async def test_a_message_whose_number_must_be_taken_leaves_it_when_it_is_discarded() -> None:
    service = _with_remains(toy_service())
    desk = Desk(service)
    await desk.arrives("invoicing.events", UPSTREAM, CoinsFound(n=1, finds=[("a", 666)]), seq=1)
    await desk.asks(DiscardDeadLetter(seq=1, reason="not ours"))
    assert jars(desk) == {"number": 1}


def _with_remains(service: Service) -> Service:
    return replace(service, remains=lambda message: CoinsFound(n=1, finds=[("number", 1)]))


def test_a_parked_command_answers_nobody() -> None:
    envelope = Envelope(
        env="test",
        service="rating",
        partition=1,
        type="x",
        recorded_at=Desk(MENDED).now,
        subject="a",
        command_id="c7",
        causation_id="rating/1/3",
    )
    cause = Cause.of_parked(envelope, "payments.commands/1/7")
    assert (cause.citation, cause.answers) == ("c7", None)
