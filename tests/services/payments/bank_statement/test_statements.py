"""Statements are taken once, page by page; entries become payments once, whatever is asked twice or out of order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.balance.state import Payer
from services.payments.bank_statement.matching import Candidate, Match
from services.payments.bank_statement.messages import (
    BankEntriesPaired,
    BankEntriesTaken,
    BankEntryBooked,
    BankEntryIgnored,
    BankEntryRefused,
    BankEntrySettled,
    BankStatementProcessed,
    BankStatementProcessing,
    BankStatementReopened,
    BookEntry,
    Entry,
    FinishProcessing,
    IgnoreEntry,
    MatchAgain,
    MatchEntries,
    Pair,
    PairEntries,
    ProcessStatement,
    ReceiveStatement,
    ReopenEntry,
    SettleEntry,
    TakeEntries,
)
from services.payments.bank_statement.state import BankEntry, BankStatement
from services.payments.payment.messages import PaymentRecorded
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, allocated, owed, payments

BANK = "DE89370400440532013000"
DAY = date(2026, 10, 9)


def of(statement: str = "bs-1") -> dict[str, Any]:
    return {"bank_account": BANK, "statement_id": statement}


def receive(entries: int = 2, statement: str = "bs-1") -> ReceiveStatement:
    said: dict[str, Any] = {"sha256": "00", "format": "camt", "currency": "EUR", "net": Decimal(0)}
    return ReceiveStatement(entries=entries, **said, **of(statement))


def entry(n: int, amount: str = "36.04") -> Entry:
    said = {"booked_on": DAY, "currency": "EUR", "details": Sealed("v1.k.x")}
    return Entry(entry_id=f"be-{n}", amount=Decimal(amount), **said)  # type: ignore[arg-type]


def take(first: int, *entries: Entry, statement: str = "bs-1") -> TakeEntries:
    return TakeEntries(first=first, entries=list(entries), **of(statement))


def matched(n: int, *, last: bool = True) -> MatchEntries:
    candidate = Candidate(account_id=ACCOUNT, invoice_id=f"inv-{n}", reasons=("invoice_number", "amount"))
    return MatchEntries(
        matches=[Match(entry_id=f"be-{n}", confidence="exact", candidates=(candidate,))], last=last, **of()
    )


def pair(n: int = 1, account: str = ACCOUNT, **said: Any) -> PairEntries:
    return PairEntries(pairs=[Pair(entry_id=f"be-{n}", account_id=account, invoice_id="inv-1")], **said, **of())


def taken(*entries: Entry) -> Specification:
    return payments().when(receive(len(entries))).when(take(0, *entries))


def status(story: Specification, n: int = 1) -> str:
    found = story.get(BankEntry, f"be-{n}")
    assert found is not None
    return found.status


def test_a_statement_sent_twice_is_taken_once() -> None:
    story = taken(entry(1), entry(2))
    for again in (receive(), take(0, entry(1), entry(2))):
        story.when(again).then_nothing()


def test_an_entry_that_an_earlier_statement_had_is_not_taken_again() -> None:
    story = taken(entry(1), entry(2)).when(receive(2, "bs-2")).when(take(0, entry(2), entry(3), statement="bs-2"))
    [event] = story.events
    assert isinstance(event, BankEntriesTaken)
    assert ([one.entry_id for one in event.entries], event.repeated, event.next) == (["be-3"], 1, 2)


def test_pages_come_in_their_order_and_a_page_twice_is_one() -> None:
    story = payments().when(receive(3)).when(take(0, entry(1)))
    story.when(take(2, entry(3))).then_refused("out_of_order")
    story.when(take(0, entry(1))).then_nothing()
    story.when(take(1, entry(2), entry(3), entry(4))).then_refused("out_of_order")
    story.when(take(1, entry(2), entry(3)))
    found = story.get(BankStatement, "bs-1")
    assert found is not None and (found.next, found.status) == (3, "matching")


def test_money_that_went_out_is_not_matched() -> None:
    story = taken(entry(1, "-5.00"))
    assert status(story) == "outgoing"
    story.when(pair()).then_refused("entry_not_open")


def test_an_exact_match_becomes_a_payment_of_its_invoice_r48() -> None:
    story = payments().given(OPENED, owed(1, "36.04"))
    story.when(receive(1)).when(take(0, entry(1))).when(matched(1)).when(ProcessStatement(**of()))
    story.then(BankStatementProcessing(**of()))
    story.when(pair(by="match"))
    [asked] = [send.message for send in story.sends]
    assert isinstance(asked, BookEntry)
    story.when(asked)
    recorded, paid, told = story.events
    assert isinstance(recorded, PaymentRecorded) and isinstance(told, BankEntryBooked)
    assert (recorded.payment_id, recorded.external_key, recorded.method) == ("be-1", "be-1", "bank_transfer")
    assert (recorded.invoice_id, recorded.received_on) == ("inv-1", DAY)
    assert paid == allocated(1, "36.04", open="0.00", left="0.00", payment="be-1")
    [settle] = [send.message for send in story.sends]
    assert isinstance(settle, SettleEntry)
    story.when(settle).then(
        BankEntrySettled(
            entry_id="be-1", payment_id="be-1", account_id=ACCOUNT, invoice_id="inv-1", paired_by="match", **of()
        )
    )
    story.when(FinishProcessing(**of())).then(BankStatementProcessed(**of()))


def test_an_entry_is_booked_once_however_often_its_account_is_asked_r52() -> None:
    story = taken(entry(1)).given(OPENED).when(pair_of_credit())
    [send] = story.sends
    story.when(send.message)  # type: ignore[arg-type]
    story.when(send.message)  # type: ignore[arg-type]
    assert [type(event) for event in story.events] == [BankEntryBooked]
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None and [credit.left for credit in payer.credits] == [Decimal("36.04")]


def pair_of_credit() -> PairEntries:
    return PairEntries(pairs=[Pair(entry_id="be-1", account_id=ACCOUNT)], **of())


@pytest.mark.parametrize(
    ("pairing", "code"),
    [
        (pair(), "invoice_not_found"),
        (pair(account="acc-9"), "account_not_found"),
    ],
)
def test_what_can_not_be_booked_leaves_the_entry_open_with_the_reason(pairing: PairEntries, code: str) -> None:
    story = taken(entry(1)).given(OPENED).when(pairing)
    [send] = story.sends
    story.when(send.message)  # type: ignore[arg-type]
    [refused] = story.events
    assert isinstance(refused, BankEntryRefused) and refused.code == code
    [settle] = story.sends
    story.when(settle.message)  # type: ignore[arg-type]
    assert status(story) == "open"
    story.when(pair_of_credit())
    assert isinstance(story.events[0], BankEntriesPaired)


def test_an_entry_that_names_several_invoices_pays_just_those_r48() -> None:
    """The one that is due first is not named, and stays open."""
    story = payments().given(OPENED, owed(1, "5.00", "2026-10-10"), owed(2, "36.04"), owed(3, "10.00"))
    story.when(receive(1)).when(take(0, entry(1, "46.04")))
    both = Pair(entry_id="be-1", account_id=ACCOUNT, invoice_id="inv-2", also=("inv-3",))
    story.when(PairEntries(pairs=[both], by="match", **of()))
    [asked] = [send.message for send in story.sends]
    assert isinstance(asked, BookEntry) and asked.also == ("inv-3",)
    story.when(asked)
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None and [(one.invoice_id, one.open) for one in payer.owed] == [("inv-1", Decimal("5.00"))]


def test_an_entry_of_another_currency_is_not_booked() -> None:
    said: dict[str, Any] = {"entry_id": "be-1", "account_id": ACCOUNT, "received_on": DAY}
    story = payments().given(OPENED)
    for amount, currency, code in (("1.00", "USD", "currency_mismatch"), ("1.001", "EUR", "too_many_decimals")):
        story.when(BookEntry(amount=Decimal(amount), currency=currency, **said, **of()))
        [refused] = story.events
        assert isinstance(refused, BankEntryRefused) and refused.code == code


def test_a_person_is_told_what_a_match_passes_by() -> None:
    story = taken(entry(1)).given(OPENED).when(pair_of_credit())
    story.when(pair_of_credit()).then_refused("entry_not_open")
    story.when(pair(by="match")).then_nothing()
    story.when(pair(9)).then_refused("entry_not_found")
    story.when(pair(9, by="match")).then_nothing()


def test_what_is_ignored_has_a_reason_and_can_be_opened_again() -> None:
    story = taken(entry(1)).when(IgnoreEntry(entry_id="be-1", reason="interest", **of()))
    story.then(BankEntryIgnored(entry_id="be-1", reason="interest", **of()))
    story.when(pair()).then_refused("entry_not_open")
    story.when(ReopenEntry(entry_id="be-1", **of()))
    assert status(story) == "open"
    story.when(ReopenEntry(entry_id="be-1", **of())).then_refused("entry_not_ignored")


def test_a_statement_that_is_busy_is_waited_for() -> None:
    story = taken(entry(1))
    story.when(ProcessStatement(**of())).then_refused("statement_busy")
    story.when(matched(1)).when(MatchAgain(**of())).then(BankStatementReopened(**of()))
    story.when(MatchAgain(**of())).then_refused("statement_busy")
    story.when(MatchAgain(**of("bs-9"))).then_refused("statement_not_found")


def test_matches_of_what_is_decided_meanwhile_are_passed_by() -> None:
    story = taken(entry(1), entry(2)).when(IgnoreEntry(entry_id="be-1", reason="x", **of()))
    story.when(matched(1, last=False)).then_nothing()
    story.when(matched(1))
    [event] = story.events
    assert event.matches == [] and event.last  # type: ignore[attr-defined]


ACTIONS = st.sampled_from(["pair", "match", "ignore", "reopen", "book", "again", "take"])


@given(st.lists(st.tuples(ACTIONS, st.integers(1, 3)), max_size=25))
def test_whatever_is_done_in_whatever_order_no_entry_is_two_payments_r52(steps: list[tuple[str, int]]) -> None:
    story = taken(entry(1), entry(2), entry(3)).given(OPENED)
    waiting: list[Any] = []
    for step, n in steps:
        pairs = [Pair(entry_id=f"be-{n}", account_id=ACCOUNT)]
        match step:
            case "pair" | "match":
                story.when(PairEntries(pairs=pairs, by="person" if step == "pair" else "match", **of()))
            case "ignore":
                story.when(IgnoreEntry(entry_id=f"be-{n}", reason="x", **of()))
            case "reopen":
                story.when(ReopenEntry(entry_id=f"be-{n}", **of()))
            case "take":
                story.when(receive(1, f"bs-{n + 1}")).when(take(0, entry(n), statement=f"bs-{n + 1}"))
            case "book" | "again" if waiting:
                message = waiting[0] if step == "again" else waiting.pop(0)
                story.when(message)
        waiting += [send.message for send in story.sends]
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    booked = [credit.payment_id for credit in payer.credits]
    assert len(booked) == len(set(booked)) and all(credit.left == Decimal("36.04") for credit in payer.credits)
    for n in (1, 2, 3):
        assert status(story, n) != "booked" or f"be-{n}" in booked
