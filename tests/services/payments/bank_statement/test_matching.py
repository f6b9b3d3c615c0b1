"""What a movement pays, and how sure that is: references in messy forms, amounts, payers, and what is paid twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.bank_statement.matching import Book, Match, Matcher, Movement, Owed, asked, likeness
from services.payments.bank_statement.references import digit_key, digit_keys, is_written


def owed(n: int, open: str = "36.04", account: str = "acc-1", number: str | None = None) -> Owed:
    return Owed(f"inv-{n}", number or f"INV-{n:06d}", account, "EUR", Decimal(open))


def book(*invoices: Owed, payers: dict[str, list[str]] | None = None, names: dict[str, str] | None = None) -> Book:
    by_digits: dict[str, list[Owed]] = {}
    by_account: dict[str, list[Owed]] = {}
    by_amount: dict[tuple[str, Decimal], list[Owed]] = {}
    for one in invoices:
        by_digits.setdefault(digit_key(one.number), []).append(one)
        by_account.setdefault(one.account_id, []).append(one)
        by_amount.setdefault((one.currency, one.open), []).append(one)
    accounts = frozenset(one.account_id for one in invoices)
    return Book(by_digits, by_account, payers or {}, accounts, by_amount, names or {})


def money(text: str = "", amount: str = "36.04", **fields: str) -> Movement:
    return Movement(entry_id="e-1", amount=Decimal(amount), currency=fields.pop("currency", "EUR"), text=text, **fields)


def match(movement: Movement, known: Book) -> Match:
    return Matcher().match(movement, known)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "INV-000042",
            "inv 000042",
            "Rechnung INV000042 vom 1.10.26",
            "INV-0000 42",
            "RGNR.INV-000042/KD 7",
            "inv/000042",
        ),
        *("INV-000042INV", "bill no INV- 000042.", "(INV-000042)", "SVWZ INV-000042 EREF 4711"),
    ],
)
def test_a_number_in_any_spelling_with_its_amount_is_exact_r48(text: str) -> None:
    found = match(money(text), book(owed(42), owed(43, "10.00")))
    assert (found.confidence, found.candidates[0].invoice_id) == ("exact", "inv-42")
    assert found.candidates[0].reasons == ("invoice_number", "amount")


@pytest.mark.parametrize("text", ["INV-0000421", "INV-00042", "XINV-000042", "000142", "4 2", "", "danke"])
def test_what_only_looks_like_a_number_is_not_exact(text: str) -> None:
    assert match(money(text), book(owed(42))).confidence != "exact"


@pytest.mark.parametrize(
    ("reference", "confidence"),
    [("RF18539007547034", "exact"), ("RF18 5390 0754 7034", "exact"), ("RF19539007547034", "none")],
)
def test_an_rf_reference_counts_if_its_check_digits_are_right(reference: str, confidence: str) -> None:
    known = book(owed(1, number="539007547034", account="a"))
    structured = match(money(creditor_reference=reference), known)
    assert structured.confidence == confidence
    if confidence == "exact":
        assert structured.candidates[0].reasons == ("creditor_reference", "amount")


def test_another_amount_waits_for_a_person_and_so_does_an_invoice_that_is_paid() -> None:
    less = match(money("INV-000042", "30.00"), book(owed(42)))
    assert (less.confidence, less.candidates[0].reasons) == ("probable", ("invoice_number", "other_amount"))
    again = match(money("INV-000042"), book(owed(42, "0.00")))
    assert (again.confidence, again.candidates[0].reasons) == ("probable", ("invoice_number", "paid_already"))
    foreign = match(money("INV-000042", currency="USD"), book(owed(42)))
    assert foreign.confidence == "probable"


def test_two_payments_of_one_invoice_are_exact_once() -> None:
    matcher, known = Matcher(), book(owed(42))
    assert [matcher.match(money("INV-000042"), known).confidence for _ in range(3)] == ["exact", "probable", "probable"]


def test_several_invoices_that_are_all_named_and_come_to_just_this_amount_are_exact() -> None:
    matcher, known = Matcher(), book(owed(42), owed(43, "10.00"), owed(44, "5.00"))
    found = matcher.match(money("INV-000042, inv 000043", "46.04"), known)
    [whole] = found.candidates
    assert (found.confidence, whole.invoice_id, whole.also) == ("exact", "inv-42", ("inv-43",))
    # What they pay is spoken for.
    assert matcher.match(money("INV-000042, inv 000043", "46.04"), known).confidence == "probable"
    assert matcher.match(money("INV-000043", "10.00"), known).confidence == "probable"


@pytest.mark.parametrize(
    ("text", "amount", "invoices"),
    [
        ("INV-000042 INV-000043", "72.07", (owed(42), owed(43))),
        ("INV-000042 INV-000043", "36.04", (owed(42), owed(43))),
        ("INV-000042 INV-000043", "72.08", (owed(42), owed(43, account="acc-2"))),
        ("INV-000042 INV-000043", "36.04", (owed(42), owed(43, "0.00"))),
        ("INV-000042 43", "46.04", (owed(42), owed(43, "10.00"))),
    ],
)
def test_several_invoices_of_another_sum_or_of_several_accounts_wait_for_a_person(
    text: str, amount: str, invoices: tuple[Owed, ...]
) -> None:
    assert match(money(text, amount), book(*invoices)).confidence != "exact"


def test_the_payers_own_account_and_one_invoice_of_that_amount_is_exact() -> None:
    payers = {"p": ["acc-1"]}
    found = match(money("danke", payer="p"), book(owed(42), owed(43, "9.00"), payers=payers))
    assert (found.confidence, found.candidates[0].reasons) == ("exact", ("payer_iban", "amount"))
    two = match(money("danke", payer="p"), book(owed(42), owed(43), payers=payers))
    assert (two.confidence, two.candidates[0].invoice_id) == ("probable", None)
    shared = match(money(payer="p"), book(owed(42), owed(44, account="acc-2"), payers={"p": ["acc-1", "acc-2"]}))
    assert (shared.confidence, len(shared.candidates)) == ("probable", 2)


def test_somebody_elses_account_does_not_speak_against_a_number_in_full() -> None:
    found = match(money("INV-000042", payer="p"), book(owed(42), owed(44, account="acc-2"), payers={"p": ["acc-2"]}))
    assert (found.confidence, found.candidates[0].invoice_id) == ("exact", "inv-42")


def test_a_name_is_the_last_resort_and_needs_the_amount() -> None:
    names = {"acc-1": "Jörg Müller"}
    found = match(money("danke", name="MUELLER JOERG"), book(owed(42), names=names))
    assert (found.confidence, found.candidates[0].reasons) == ("probable", ("payer_name", "amount"))
    assert match(money("danke", "36.05", name="Jörg Müller"), book(owed(42), names=names)).confidence == "none"
    assert match(money("danke", name="Ann Example"), book(owed(42), names=names)).confidence == "none"


def test_a_customer_number_leads_to_the_account() -> None:
    found = match(money("Kunde acc-1"), book(owed(42)))
    assert (found.confidence, found.candidates[0].reasons) == ("probable", ("customer_number", "amount"))


def test_the_same_number_of_two_entities_waits_for_a_person() -> None:
    known = book(owed(1, number="2026-7777"), owed(2, number="2026/7777", account="acc-2"))
    assert match(money("2026-7777"), known).confidence == "probable"


NUMBERS = st.from_regex(r"\A[A-Z]{0,4}[-/ ]?[0-9]{2,4}[-/]?[0-9]{3,6}\Z")


@given(NUMBERS, st.sampled_from(["", " ", "Re. ", "Nr:"]), st.sampled_from(["", " v. 1.", "/KD", ", danke"]))
def test_every_number_is_found_where_it_stands(number: str, before: str, after: str) -> None:
    text = f"{before}{number}{after}"
    assert is_written(number, text)
    if len(digit_key(number)) >= 2:
        assert digit_key(number) in digit_keys(text)


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_written_is_matched_without_harm(text: str, reference: str, name: str) -> None:
    movement = money(text, creditor_reference=reference, name=name)
    asked([movement])
    assert match(movement, book(owed(42), names={"acc-1": text})).confidence in ("exact", "probable", "none")
    assert 0 <= likeness(text, name) <= 100
