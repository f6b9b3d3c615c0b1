"""Charts to begin with: a neutral one, and the accounts of the German SKR 03 and SKR 04 that providers commonly use.

They are proposals: which account is right is for whoever keeps the books to say.
"""

from __future__ import annotations

from typing import Final

from services.payments.bookkeeping.messages import NEUTRAL, AccountRule, ChartTerms

_SKR03: Final = ChartTerms(
    name="SKR 03",
    rules=[
        AccountRule(account="receivables", number="1410", name="Forderungen aus Lieferungen und Leistungen"),
        AccountRule(account="unbilled_revenue", number="1500", name="Sonstige Vermögensgegenstände"),
        AccountRule(account="bank", number="1200", name="Bank"),
        AccountRule(account="bank", number="1000", name="Kasse", method="cash"),
        AccountRule(account="bank", number="1360", name="Geldtransit", method="card"),
        AccountRule(account="customer_credit", number="1700", name="Sonstige Verbindlichkeiten"),
        AccountRule(account="deposits_held", number="1732", name="Erhaltene Kautionen"),
        AccountRule(account="tax", number="1770", name="Umsatzsteuer"),
        AccountRule(account="tax", number="1776", name="Umsatzsteuer 19 %", tax_rate="19"),
        AccountRule(account="tax", number="1771", name="Umsatzsteuer 7 %", tax_rate="7"),
        AccountRule(account="deferred_revenue", number="0990", name="Passive Rechnungsabgrenzung"),
        AccountRule(account="revenue", number="8200", name="Erlöse"),
        AccountRule(account="revenue", number="8400", name="Erlöse 19 % USt", tax_rate="19", automatic=True),
        AccountRule(account="revenue", number="8300", name="Erlöse 7 % USt", tax_rate="7", automatic=True),
        AccountRule(account="revenue", number="8337", name="Erlöse nach § 13b UStG", tax_category="AE"),
        AccountRule(account="late_fees", number="2650", name="Sonstige Zinsen und ähnliche Erträge"),
        AccountRule(account="credits_given", number="8700", name="Erlösschmälerungen"),
        AccountRule(account="adjustments", number="8700", name="Erlösschmälerungen"),
        AccountRule(account="rounding", number="4900", name="Sonstige betriebliche Aufwendungen"),
        AccountRule(account="write_offs", number="2400", name="Forderungsverluste"),
        AccountRule(account="vouchers_expired", number="2700", name="Andere Erträge"),
        AccountRule(account="refunds_payable", number="1700", name="Sonstige Verbindlichkeiten"),
        AccountRule(account="chargeback_fees", number="4970", name="Nebenkosten des Geldverkehrs"),
    ],
)
_SKR04: Final = ChartTerms(
    name="SKR 04",
    rules=[
        AccountRule(account="receivables", number="1210", name="Forderungen aus Lieferungen und Leistungen"),
        AccountRule(account="unbilled_revenue", number="1300", name="Sonstige Vermögensgegenstände"),
        AccountRule(account="bank", number="1800", name="Bank"),
        AccountRule(account="bank", number="1600", name="Kasse", method="cash"),
        AccountRule(account="bank", number="1460", name="Geldtransit", method="card"),
        AccountRule(account="customer_credit", number="3500", name="Sonstige Verbindlichkeiten"),
        AccountRule(account="deposits_held", number="3550", name="Erhaltene Kautionen"),
        AccountRule(account="tax", number="3800", name="Umsatzsteuer"),
        AccountRule(account="tax", number="3806", name="Umsatzsteuer 19 %", tax_rate="19"),
        AccountRule(account="tax", number="3801", name="Umsatzsteuer 7 %", tax_rate="7"),
        AccountRule(account="deferred_revenue", number="3900", name="Passive Rechnungsabgrenzung"),
        AccountRule(account="revenue", number="4200", name="Erlöse"),
        AccountRule(account="revenue", number="4400", name="Erlöse 19 % USt", tax_rate="19", automatic=True),
        AccountRule(account="revenue", number="4300", name="Erlöse 7 % USt", tax_rate="7", automatic=True),
        AccountRule(account="revenue", number="4337", name="Erlöse nach § 13b UStG", tax_category="AE"),
        AccountRule(account="late_fees", number="7100", name="Sonstige Zinsen und ähnliche Erträge"),
        AccountRule(account="credits_given", number="4700", name="Erlösschmälerungen"),
        AccountRule(account="adjustments", number="4700", name="Erlösschmälerungen"),
        AccountRule(account="rounding", number="6300", name="Sonstige betriebliche Aufwendungen"),
        AccountRule(account="write_offs", number="6930", name="Forderungsverluste"),
        AccountRule(account="vouchers_expired", number="4830", name="Sonstige betriebliche Erträge"),
        AccountRule(account="refunds_payable", number="3500", name="Sonstige Verbindlichkeiten"),
        AccountRule(account="chargeback_fees", number="6855", name="Nebenkosten des Geldverkehrs"),
    ],
)
SAMPLES: Final = (NEUTRAL, _SKR03, _SKR04)
