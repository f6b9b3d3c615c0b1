"""What is handed to an agency, what of it is left, and when it is taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.payments.dispute.messages import OpenDispute, ResolveDispute
from services.payments.dunning.messages import ExemptFromDunning
from services.payments.handover.file import debtor as of
from services.payments.handover.file import render
from services.payments.handover.messages import DebtHandedOver, HandoverChanged, HandoverWithdrawn
from services.payments.handover.state import Handovers
from shared.kernel.wire import write
from tests.services.payments.dunning.stories import Debtor, step
from tests.services.payments.story import ACCOUNT

STEPS = (step(10, "letter"), step(20, "agency", collection=True, agency="nord"))


def told(debtor: Debtor) -> list[tuple[str, str, str]]:
    """Each movement: its day, what it is, and what is left of it or why nothing is."""
    found = []
    for now, event in debtor.heard:
        match event:
            case DebtHandedOver():
                found.append((f"{now:%m-%d}", f"to {event.agency}", str(event.amount)))
            case HandoverChanged():
                found.append((f"{now:%m-%d}", "left", str(event.amount)))
            case HandoverWithdrawn():
                found.append((f"{now:%m-%d}", "back", event.reason))
    return found


def test_a_step_hands_over_what_is_overdue_and_a_payment_takes_it_back() -> None:
    debtor = Debtor(*STEPS).owes("40.00").owes("25.00", "2026-11-20", n=2).until("2026-11-10")
    assert told(debtor) == [("11-04", "to nord", "40.00")]
    debtor.pays("15.00", "2026-11-11")
    debtor.pays("25.00", "2026-11-12")
    assert told(debtor)[1:] == [("11-11", "left", "25.00"), ("11-12", "back", "settled")]
    held = debtor.spec.get(Handovers, ACCOUNT)
    assert held is not None and (held.count, held.given) == (1, ())


def test_what_becomes_overdue_later_is_handed_over_by_a_step_of_its_own() -> None:
    debtor = Debtor(*STEPS).owes("40.00").owes("25.00", "2026-11-20", n=2).until("2026-12-01")
    debtor.pays("40.00", "2026-12-02")
    assert told(debtor) == [("11-04", "to nord", "40.00"), ("12-02", "back", "settled")]
    debtor.until("2026-12-31")
    assert told(debtor)[2:] == [("12-10", "to nord", "25.00")]


def test_what_is_disputed_is_taken_back_and_not_handed_over_again_by_itself() -> None:
    debtor = Debtor(*STEPS).owes("40.00").until("2026-11-10")
    dispute = OpenDispute(dispute_id="d-1", account_id=ACCOUNT, invoice_id="inv-1", reason="other")
    debtor.says(dispute, "2026-11-11")
    assert told(debtor)[1:] == [("11-11", "back", "disputed")]
    debtor.says(ResolveDispute(account_id=ACCOUNT, invoice_id="inv-1", outcome="rejected"), "2026-11-12")
    debtor.until("2026-12-31")
    # A new case, whose steps come again from the first on.
    assert told(debtor)[2:] == [("11-22", "to nord", "40.00")]


def test_who_is_exempt_is_with_no_agency() -> None:
    debtor = Debtor(*STEPS).owes("40.00").until("2026-11-10")
    debtor.says(ExemptFromDunning(account_id=ACCOUNT, reason="hospital"), "2026-11-11")
    assert told(debtor)[1:] == [("11-11", "back", "exempted")]


def test_more_than_200_invoices_are_several_handovers() -> None:
    debtor = Debtor(*STEPS)
    for n in range(1, 204):
        debtor.owes("1.00", n=n)
    debtor.until("2026-11-10")
    assert told(debtor) == [("11-04", "to nord", "200.00"), ("11-04", "to nord", "3.00")]
    debtor.pays("203.00", "2026-11-11")
    assert told(debtor)[-2:] == [("11-11", "back", "settled")] * 2


@pytest.mark.parametrize(("name", "shown"), [("Ann, Ltd", '"Ann, Ltd"'), ("=1+2", "'=1+2")])
def test_the_file_has_a_line_for_each_invoice_and_no_formula(name: str, shown: str) -> None:
    debtor = Debtor(*STEPS).owes("40.00").until("2026-11-10")
    (handed,) = [event for _, event in debtor.heard if isinstance(event, DebtHandedOver)]
    row = {
        **{"partition": 2, "seq": 1842, "kind": "handed_over", "handover_id": "h-1", "account_id": ACCOUNT},
        **{"currency": "EUR", "amount": Decimal("40.00"), "reason": None, "moved_on": date(2026, 11, 4)},
        "parts": f"[{write(handed.parts[0]).decode()}]",
    }
    where = (
        '{"address": {"lines": ["1 Main St", "Flat 2"], "postal_code": "1000", "city": "Brussels", "country": "BE"}}'
    )
    _, line = render([row], [of(name, where)]).decode().splitlines()
    said = f"2/1842,handed_over,2026-11-04,h-1,{ACCOUNT},{shown},EUR,{handed.parts[0].number},2026-10-15,40.00,"
    assert line == f'{said},"1 Main St, Flat 2",1000,Brussels,,BE'
    # Who is unknown, or erased, has neither name nor address.
    _, line = render([row], [of("", "erased")]).decode().splitlines()
    assert line == f"{said.replace(shown, '')},,,,,"
