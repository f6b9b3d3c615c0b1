"""Charges become lines, and the close of the period says whether all of them have arrived."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from services.invoicing.bill_profile.messages import PeriodExpected
from services.invoicing.bill_profile.state import BillProfile, UnknownAccount
from services.invoicing.invoice.drafting import BadCharge
from services.invoicing.invoice.messages import DraftDisagreed, InvoiceDrafted, TaxGroup
from services.invoicing.invoice.state import Drafted, Invoice
from tests.services.invoicing.story import (
    ACCOUNT,
    INVOICE,
    OCTOBER,
    SEPTEMBER,
    charge,
    closed,
    invoicing,
    opened,
    september_drafted,
    tell,
)


def test_charges_become_lines_numbered_in_the_order_they_come() -> None:
    spec = tell(invoicing(), opened(), charge(7, "10.00"), charge(8, "20.03"))
    invoice = spec.get(Invoice, INVOICE)
    assert invoice is not None
    assert [(line.n, line.net) for line in invoice.lines] == [(1, Decimal("10.00")), (2, Decimal("20.03"))]
    assert invoice.version == 2


def test_the_same_charge_twice_is_one_line() -> None:
    tell(invoicing(), opened(), charge(1, "10.00"), charge(1, "10.00")).then()


def test_a_draft_is_complete_when_lines_and_sum_agree_with_the_close() -> None:
    spec = tell(invoicing(), opened(), charge(1, "10.00"), charge(2, "20.03"), closed(2, "30.03"))
    spec.then(
        InvoiceDrafted(
            invoice_id=INVOICE,
            account_id=ACCOUNT,
            currency="EUR",
            period=SEPTEMBER,
            lines=2,
            net=Decimal("30.03"),
            tax=Decimal("6.01"),
            total=Decimal("36.04"),
            tax_groups=[
                TaxGroup(
                    category="S", rate=Decimal("20"), base=Decimal("30.03"), tax=Decimal("6.01"), name="Standard rate"
                )
            ],
        ),
        PeriodExpected(account_id=ACCOUNT, period=OCTOBER),
    )


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        (3, "30.03"),  # one line is missing
        (2, "30.04"),  # a cent is
        (1, "30.03"),  # one too many
        (0, "0.00"),
    ],
)
def test_a_draft_that_differs_from_the_close_stops_and_waits_for_a_person(lines: int, total: str) -> None:
    spec = tell(invoicing(), opened(), charge(1, "10.00"), charge(2, "20.03"), closed(lines, total))
    assert isinstance(spec.events[0], DraftDisagreed)
    account = spec.get(BillProfile, ACCOUNT)
    assert account is not None and [draft.agrees for draft in account.pending] == [False]


def test_a_close_that_announces_lines_of_which_none_came_disagrees() -> None:
    spec = tell(invoicing(), opened(), closed(1, "10.00"))
    assert isinstance(spec.events[0], DraftDisagreed)


def test_a_period_without_charges_gives_no_invoice() -> None:
    spec = tell(invoicing(), opened(), closed(0, "0.00")).then(PeriodExpected(account_id=ACCOUNT, period=OCTOBER))
    assert spec.get(Invoice, INVOICE) is None


def test_lines_that_cancel_out_give_an_invoice_of_zero() -> None:
    spec = tell(invoicing(), opened(), charge(1, "5.00"), charge(2, "-5.00"), closed(2, "0.00"))
    invoice = spec.get(Invoice, INVOICE)
    assert invoice is not None and invoice.stage == Drafted()


def test_a_charge_for_a_complete_draft_is_parked_not_dropped() -> None:
    with pytest.raises(BadCharge, match="takes no more lines"):
        tell(september_drafted(invoicing()), charge(2, "1.00"))


def test_a_charge_in_another_currency_is_parked() -> None:
    with pytest.raises(BadCharge, match="is in CHF"):
        tell(invoicing(), opened(), charge(1, "1.00", currency="CHF"))


def test_a_charge_with_fractions_of_a_cent_is_parked_R39() -> None:
    with pytest.raises(BadCharge, match="not rounded"):
        tell(invoicing(), opened(), charge(1, "1.005"))


def test_a_charge_of_an_account_never_opened_is_parked() -> None:
    with pytest.raises(UnknownAccount):
        tell(invoicing(), charge(1, "1.00"))


def test_states_survive_storage() -> None:
    invoice = september_drafted(invoicing()).get(Invoice, INVOICE)
    assert invoice is not None
    stored = msgspec.json.encode(invoice)
    assert msgspec.json.decode(stored, type=Invoice) == invoice
