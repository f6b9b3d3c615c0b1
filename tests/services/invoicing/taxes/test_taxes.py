"""Every kind of tax gives what its own examples say; a new one is a new file, and an account's terms name it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.invoicing import taxes
from services.invoicing.bill_profile.messages import OpenBillProfile, TaxTerms
from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceDrafted, InvoiceIssued, InvoiceLine, TaxGroup
from services.invoicing.taxes import UnknownTaxKind, kinds
from services.invoicing.taxes.contract import Example, Taxable, TaxKind
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.kit.plugins import plugged_in
from tests.services.invoicing.story import ACCOUNT, INVOICE, Partitions, charge, closed, tell

REVERSE_CHARGE = '''"""`reverse_charge`: the buyer owes the tax (category AE), in every country but the seller's own."""

from decimal import Decimal

from pydantic import BaseModel

from services.invoicing.invoice.messages import TaxGroup
from services.invoicing.taxes.contract import Example, Taxable, TaxKind, net_of
from services.invoicing.taxes.engine.sums import Levy


class ReverseCharge(BaseModel):
    buyer_tax_id: str


def tax(parameters: ReverseCharge, taxable: Taxable) -> list[TaxGroup]:
    base = net_of(taxable.lines, taxable.currency)
    reason = f"Reverse charge to {parameters.buyer_tax_id} on {taxable.on}"
    zero = Decimal("0.00")
    return [TaxGroup(category="AE", rate=Decimal(0), base=base, tax=zero, name="Reverse charge", reason=reason)]


def levies(parameters: ReverseCharge, taxable: Taxable) -> list[tuple[Levy, ...]]:
    return [(Levy(category="AE", rate=Decimal(0), name="Reverse charge"),)] * len(taxable.lines)


TAX = TaxKind(name="reverse_charge", parameters=ReverseCharge, tax=tax, levies=levies, examples=())
'''
PARTNER = TaxTerms(kind="reverse_charge", parameters={"buyer_tax_id": "DE 123456788"})
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))


def taxable(example: Example) -> Taxable:
    lines = [
        InvoiceLine(
            n=n,
            charge_id=f"c{n}",
            kind="recurring",
            description="Fibre",
            subscription_id="sub-1",
            plan_id="fibre",
            plan_version=1,
            period=SEPTEMBER,
            net=Decimal(net),
            unrounded=Decimal(net),
        )
        for n, net in enumerate(example.nets, 1)
    ]
    return Taxable(lines=lines, currency=example.currency, on=example.on, buyer=ACCOUNT, registry=example.registry)


def opening(terms: TaxTerms) -> OpenBillProfile:
    return OpenBillProfile(
        account_id=ACCOUNT,
        name=Sealed("v1.k.x"),
        currency="EUR",
        tax=terms,
        cycle_id="monthly",
        time_zone="Europe/Paris",
    )


@pytest.mark.parametrize(
    ("kind", "example"),
    [pytest.param(kind, example, id=kind.name) for kind in kinds().values() for example in kind.examples],
)
def test_a_kind_of_tax_gives_what_its_examples_say_R39(kind: TaxKind[Any], example: Example) -> None:
    found = kind.totals(example.parameters, taxable(example))
    assert found.groups == list(example.groups)
    assert found.net == sum(Decimal(net) for net in example.nets)
    assert (found.tax, found.total) == (sum(group.tax for group in example.groups), found.net + found.tax)


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_a_kind_of_tax_has_examples_and_a_schema_of_its_parameters(kind: TaxKind[Any]) -> None:
    assert kind.examples and kind.parameters.model_json_schema()["additionalProperties"] is False


def test_a_file_more_is_a_kind_of_tax_more_and_an_account_that_names_it_is_taxed_by_it(tmp_path: Path) -> None:
    with plugged_in(taxes, tmp_path, "reverse_charge", REVERSE_CHARGE, kinds):
        partitions = Partitions()
        spec = partitions.of(ACCOUNT).when(opening(PARTNER))
        drafted, *_ = tell(spec, charge(1, "30.03"), closed(1, "30.03")).events
        events = partitions.run(FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT))
        [issued] = [event for event in events if isinstance(event, InvoiceIssued)]
    group = TaxGroup(
        category="AE",
        rate=Decimal(0),
        base=Decimal("30.03"),
        tax=Decimal("0.00"),
        name="Reverse charge",
        reason="Reverse charge to DE 123456788 on 2026-10-01",
    )
    assert isinstance(drafted, InvoiceDrafted) and drafted.tax_groups == [group] == issued.tax_groups
    assert (issued.net, issued.tax, issued.total) == (Decimal("30.03"), Decimal("0.00"), Decimal("30.03"))


def test_terms_that_nothing_here_can_tax_by_open_no_account() -> None:
    with pytest.raises(UnknownTaxKind, match="reverse_charge is no kind of tax; there are account_rate, determined"):
        Partitions().of(ACCOUNT).when(opening(PARTNER))
    with pytest.raises(ValidationError):
        Partitions().of(ACCOUNT).when(opening(TaxTerms(kind="account_rate", parameters={"rate": "-1"})))


def test_a_file_that_makes_no_kind_of_tax_is_refused_by_name(tmp_path: Path) -> None:
    with (
        plugged_in(taxes, tmp_path, "idle", '"""Nothing."""\n', kinds),
        pytest.raises(TypeError, match=r"taxes\.idle makes 0 of TaxKind"),
    ):
        kinds()
