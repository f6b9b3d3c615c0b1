"""Keys that a client chooses: one effect each, over all partitions, in any order of things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.payments.balance.messages import PayerOpened
from services.payments.balance.state import Payer
from services.payments.payment.messages import PaymentRecorded, RecordPayment
from services.payments.service import SERVICE
from services.rating.events import EVENTS as RATING
from shared.kernel.claims import ClaimedKey, EarlierUse, KeyClaimed, KeyReleased, KeyUsed, SettleClaim, address
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope, from_headers, to_headers
from shared.kernel.ids import derive
from shared.kernel.message import Event, encode
from shared.kernel.money import Money
from shared.kernel.outcome import CommandFaulted, CommandRejected, InputParked
from shared.kernel.partition import partition_of
from shared.kernel.recovery import RequeueDeadLetter
from tests.kit.memory_partition import PARTITION, Desk
from tests.kit.partitions import NOON, Partitions
from tests.services.invoicing.story import opened

ANN, BOB, CY = "ann", "bo", "cyd"


def town(*accounts: str) -> Partitions:
    made = Partitions(SERVICE.domain)
    return made.given(*(PayerOpened(account_id=account, currency="EUR") for account in accounts or (ANN, BOB, CY)))


def pay(account: str, *, id: str = "pay-1", key: str | None = None, currency: str = "EUR") -> RecordPayment:
    return RecordPayment(
        payment_id=id,
        account_id=account,
        amount=Money(Decimal("5.00"), currency),
        method="cheque",
        received_on=NOON.date(),
        external_key=key,
    )


def held(made: Partitions) -> dict[str, tuple[str, bool]]:
    """By whom each key is held, and whether for ever."""
    known = [(partition, claim) for partition, claim in made.all(ClaimedKey)]
    assert all(partition == partition_of(claim.digest, 4) for partition, claim in known)
    return {claim.digest: (claim.by, claim.used) for _, claim in known}


ID, KEY = derive("payments", "payment", "pay-1"), derive("payments", "external_key", "BANK-7")


def test_these_accounts_live_in_different_partitions() -> None:
    assert len({partition_of(account, 4) for account in (ANN, BOB, CY)}) == 3


def test_a_command_claims_its_keys_one_after_the_other_and_is_then_decided() -> None:
    made = town().ask(pay(ANN, key="BANK-7"), "c1").deliver()
    assert made.answer("c1") == "done"
    assert [(e.kind, e.digest, e.by, e.holder) for e in made.events(KeyClaimed)] == [
        ("payment", ID, "c1", "pay-1"),
        ("external_key", KEY, "c1", "pay-1"),
    ]
    assert held(made) == {ID: ("c1", True), KEY: ("c1", True)}
    assert [e.key for e in made.events(PaymentRecorded)] == [ANN]


@pytest.mark.parametrize(
    ("first", "second", "code", "pointer"),
    [
        (pay(ANN), pay(BOB), "payment_exists", "/id"),
        (pay(ANN, id="a", key="BANK-7"), pay(BOB, id="b", key="BANK-7"), "duplicate_external_key", "/external_key"),
        (pay(ANN, id="a", key="BANK-7"), pay(ANN, id="b", key="BANK-7"), "duplicate_external_key", "/external_key"),
    ],
)
def test_what_is_used_is_refused_to_everybody_else(
    first: RecordPayment, second: RecordPayment, code: str, pointer: str
) -> None:
    made = town().ask(first, "c1").deliver().ask(second, "c2").deliver()
    assert (made.answer("c1"), made.answer("c2")) == ("done", code)
    [refused] = made.events(CommandRejected)
    assert (refused.final, refused.status, refused.pointer) == (True, 409, pointer)
    assert refused.command_type == "payments.RecordPayment.v1"
    assert len(made.events(PaymentRecorded)) == 1
    assert {by for by, _ in held(made).values()} == {"c1"}, "a key got on the way is given back"


def test_while_another_is_being_decided_nothing_final_is_said() -> None:
    made = town().ask(pay(ANN), "c1")
    made.take(partition_of(ID, 4))
    made.ask(pay(BOB), "c2")
    made.take(partition_of(ID, 4))
    assert made.answer("c2") == "key_claimed"
    assert [(e.final, e.status, e.pointer) for e in made.events(CommandRejected)] == [(False, 409, "/id")]
    made.deliver().ask(pay(BOB), "c2").deliver()
    assert (made.answer("c1"), made.answer("c2")) == ("done", "payment_exists")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (pay("stranger", key="BANK-7"), "account_not_found"),
        (pay(ANN, key="BANK-7", currency="CHF"), "currency_mismatch"),
    ],
)
def test_a_refused_effect_frees_its_keys(command: RecordPayment, code: str) -> None:
    made = town().ask(command, "c1").deliver()
    assert (made.answer("c1"), held(made)) == (code, {})
    assert len(made.events(KeyReleased)) == 2
    made.ask(pay(BOB, key="BANK-7"), "c2").deliver()
    assert made.answer("c2") == "done"


@pytest.mark.parametrize("fate", ["crash", "late"])
@pytest.mark.parametrize("place", [ID, KEY, ANN])
def test_whatever_ends_a_command_on_its_way_frees_its_keys(fate: str, place: str) -> None:
    """In the partition of either key, or in that of the account."""
    made = town().ask(pay(ANN, key="BANK-7"), "c1")
    holds = {ID: 0, KEY: 1, ANN: 2}[place]
    setattr(made, fate, lambda command, envelope: len(envelope.claims) == holds and not command.HOT)
    made.deliver()
    assert made.answer("c1") == {"crash": "faulted", "late": "expired"}[fate]
    assert held(made) == {}
    setattr(made, fate, lambda command, envelope: False)
    made.ask(pay(BOB, key="BANK-7"), "c2").deliver().ask(pay(ANN, key="BANK-7"), "c1").deliver()
    assert (made.answer("c2"), made.answer("c1")) == ("done", "payment_exists")


def test_a_parked_account_frees_the_keys_of_what_it_refuses() -> None:
    made = town()
    parked = InputParked(
        parking_key=ANN, n=1, topic="rating.events", type="x", offset=0, payload="", error="x", account_id=ANN
    )
    made.given(parked).ask(pay(ANN), "c1").deliver()
    assert (made.answer("c1"), held(made)) == ("account_parked", {})


def test_a_retry_is_answered_alike_and_changes_nothing() -> None:
    made = town().ask(pay(ANN, key="BANK-7"), "c1").deliver()
    written = len(made.written)
    for _ in range(2):
        made.ask(pay(ANN, key="BANK-7"), "c1").deliver()
    assert (made.answer("c1"), len(made.written)) == ("done", written)
    assert held(made) == {ID: ("c1", True), KEY: ("c1", True)}


@pytest.mark.parametrize("id", ["pay-1", derive("c1", "payment")])
def test_a_copy_that_comes_too_late_does_not_undo_what_was_done(id: str) -> None:
    made = town().ask(pay(ANN, id=id), "c1").deliver()
    made.late = lambda command, envelope: (
        not command.HOT and address("payments", command, "c1", 4, envelope.claims) == partition_of(ANN, 4)
    )
    made.ask(pay(ANN, id=id), "c1").deliver()
    assert [made.answer("c1"), *made.events(CommandRejected)] == ["done"]
    assert {used for _, used in held(made).values()} <= {True}


def test_a_refusal_that_is_final_stays_and_holds_nothing() -> None:
    made = town().ask(pay(ANN, key="BANK-7", currency="CHF"), "c1").deliver()
    made.ask(pay(ANN, key="BANK-7", currency="CHF"), "c1").deliver()
    assert len(made.events(CommandRejected)) == 1
    assert held(made) == {}


def test_the_end_of_one_try_does_not_release_what_another_holds() -> None:
    """The account is opened between the two: the first is refused, and its release is still on the way."""
    made = town(BOB)
    claims, account = partition_of(ID, 4), partition_of(ANN, 4)
    assert claims != account
    made.ask(pay(ANN), "c1")
    made.take(claims)
    made.ask(pay(ANN), "c1")
    made.take(claims)
    made.take(account)
    made.given(PayerOpened(account_id=ANN, currency="EUR"))
    made.take(claims)
    assert held(made) == {ID: ("c1", False)}, "the second try holds it"
    made.deliver()
    assert (made.answer("c1"), held(made)) == ("done", {ID: ("c1", True)})


def test_a_later_try_that_ends_first_does_not_release_what_an_earlier_one_holds() -> None:
    """The second crashes at the second key, while the first is on its way from there to the account."""
    made = town().ask(pay(CY, key="BANK-7"), "c1").ask(pay(CY, key="BANK-7"), "c1")
    made.take(partition_of(ID, 4))
    made.take(partition_of(ID, 4))
    made.take(partition_of(KEY, 4))
    made.crash = lambda command, envelope: True
    made.take(partition_of(KEY, 4))
    made.crash = lambda command, envelope: False
    made.deliver(max)
    assert (made.answer("c1"), held(made)) == ("done", {ID: ("c1", True), KEY: ("c1", True)})


def test_what_one_try_has_used_another_does_not_release() -> None:
    made = town().ask(pay(ANN), "c1").deliver()
    for used in (True, False):
        made.ask(SettleClaim(digest=ID, by="c1", used=used), f"again-{used}").deliver()
    assert held(made) == {ID: ("c1", True)}
    assert len(made.events(KeyUsed)) == 1


def test_an_id_that_we_made_is_not_claimed() -> None:
    made = town().ask(pay(ANN, id=derive("c1", "payment")), "c1").deliver()
    assert (made.answer("c1"), made.events(KeyClaimed)) == ("done", [])
    assert address("payments", pay(ANN, id=derive("c1", "payment")), "c1", 4) == partition_of(ANN, 4)


def test_a_command_that_did_not_ask_for_its_key_is_sent_there_first() -> None:
    """Such as one that an API of an older version sent straight to its account."""
    made = town()
    envelope = Envelope(
        env="test", service="payments", partition=0, type="", recorded_at=NOON, subject=ANN, command_id="c1"
    )
    made.queues[partition_of(ANN, 4)].append((pay(ANN), envelope))
    made.deliver()
    assert (made.answer("c1"), held(made)) == ("done", {ID: ("c1", True)})


def test_what_was_recorded_before_keys_were_claimed_is_found_where_the_key_lives() -> None:
    made = town()
    name = "external_key:BANK-7"
    made.states[partition_of(KEY, 4)].keep({EarlierUse: {name: EarlierUse(name=name, holder="pay-0")}})
    made.ask(pay(ANN, key="BANK-7"), "c1").deliver()
    assert (made.answer("c1"), held(made)) == ("duplicate_external_key", {})


def test_a_command_travels_as_it_came() -> None:
    expires = datetime(2026, 9, 1, 12, 1, tzinfo=UTC)
    asked = {
        "actor": "key:k7",
        "correlation_id": "trace-7",
        "payload_hash": "abc",
        "expires_at": expires,
        "expected_version": 3,
    }
    made = town().ask(pay(ANN, key="BANK-7"), "c1", **asked)
    seen: list[Envelope] = []
    made.crash = lambda command, envelope: (seen.append(envelope), False)[1]  # type: ignore[func-returns-value]
    made.deliver()
    ways = [envelope for envelope in seen if envelope.command_id == "c1"]
    assert [len(envelope.claims) for envelope in ways] == [0, 1, 2]
    for envelope in ways:
        again = from_headers(to_headers(msgspec.structs.replace(envelope, type="payments.RecordPayment.v1")))
        assert {name: getattr(again, name) for name in asked} == asked
        assert (again.claims, again.causation_id) == (envelope.claims, None)
    [recorded] = made.envelopes(PaymentRecorded)
    assert (recorded.actor, recorded.correlation_id, recorded.command_id) == ("key:k7", "trace-7", "c1")


def test_no_key_is_written_where_a_payment_is_not() -> None:
    """A bank's reference may name a person: keys, headers and events of claims have a digest."""
    made = town().ask(pay(ANN, id="a", key="Erika Mustermann RF18"), "c1").deliver()
    made.ask(pay(BOB, id="b", key="Erika Mustermann RF18"), "c2").deliver()
    for event, envelope in made.written:
        assert b"Erika" not in repr((event.key, to_headers(envelope))).encode()
        if not isinstance(event, PaymentRecorded | CommandRejected):
            assert b"Erika" not in encode(event), event


def test_the_log_alone_gives_the_same_states() -> None:
    made = town().ask(pay(ANN, key="BANK-7"), "c1").ask(pay(BOB, key="BANK-7"), "c2").ask(pay("no", id="n"), "c3")
    made.deliver()
    kinds: tuple[type[State], ...] = (ClaimedKey, Payer)
    for kind in kinds:
        assert made.replayed().all(kind) == made.all(kind)


async def test_a_dead_lettered_command_claims_its_keys_anew_when_it_is_requeued() -> None:
    """It gave them back when it crashed; by now another may have one."""
    haunted = True

    def crashing(command: Any, view: View, context: Context) -> Sequence[Event]:
        if haunted and isinstance(command, RecordPayment):
            raise ZeroDivisionError("haunted")
        return SERVICE.decide(command, view, context)

    desk = Desk(replace(SERVICE, decide=crashing))
    ids = [f"pay-{n}" for n in range(100) if partition_of(derive("payments", "payment", f"pay-{n}"), 4) == PARTITION]
    account = next(name for name in ("ann", "bo", "dan") if partition_of(name, 4) == PARTITION)
    await desk.arrives("rating.events", RATING, opened(account), seq=1)
    for number, name in enumerate(ids[:2]):
        await desk.command(pay(account, id=name), f"c{number}")
    while await desk.follow_up():
        pass
    assert desk.states(ClaimedKey) == []
    faulted = [envelope.seq for event, envelope in desk.written if isinstance(event, CommandFaulted)]
    haunted = False
    await desk.command(pay(account, id=ids[0]), "another")
    while await desk.follow_up():
        pass
    for seq in faulted:
        await desk.asks(RequeueDeadLetter(seq=seq))
        while await desk.follow_up():
            pass
    assert desk.refusals() == ["payment_exists"]
    assert {claim.holder: (claim.by, claim.used) for claim in desk.states(ClaimedKey)} == {
        ids[0]: ("another", True),
        ids[1]: ("c1", True),
    }


COMMANDS = st.builds(
    pay,
    st.sampled_from((ANN, BOB, CY, "stranger")),
    id=st.sampled_from(("pay-1", "pay-2")),
    key=st.sampled_from((None, "BANK-7", "BANK-8")),
    currency=st.sampled_from(("EUR", "EUR", "CHF")),
)


@settings(max_examples=100)
@given(st.lists(COMMANDS, min_size=2, max_size=6), st.data())
def test_in_any_order_each_key_has_one_effect_and_none_stays_held(commands: list[RecordPayment], data: Any) -> None:
    """Sent once or twice each, mixed with what is on its way; some expire or crash wherever they are by then."""
    made = town()
    asked = [(command, f"c{n}") for n, command in enumerate(commands)] * data.draw(st.integers(1, 2))
    fate = st.sampled_from((None, None, None, "crash", "late"))
    while asked or made.waiting():
        move = data.draw(st.integers(-1 if asked else 0, len(made.waiting()) - 1))
        if move < 0:
            made.ask(*asked.pop(0))
            continue
        partition = made.waiting()[move]
        drawn = None if made.queues[partition][0][0].HOT else data.draw(fate)
        made.crash = lambda command, envelope, drawn=drawn: drawn == "crash"  # type: ignore[misc]
        made.late = lambda command, envelope, drawn=drawn: drawn == "late"  # type: ignore[misc]
        made.take(partition)
    recorded = made.events(PaymentRecorded)
    keys = Counter(("payment", payment.payment_id) for payment in recorded)
    keys.update(("external_key", payment.external_key) for payment in recorded if payment.external_key)
    assert not [key for key, times in keys.items() if times > 1]
    assert {digest for digest, (_, used) in held(made).items() if used} == {derive("payments", *key) for key in keys}
    assert not [digest for digest, (_, used) in held(made).items() if not used]
    assert made.replayed().all(ClaimedKey) == made.all(ClaimedKey)
