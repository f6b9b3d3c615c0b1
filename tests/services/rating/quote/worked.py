"""A worked example: what a quote costs, by whom it was worked out, and how the tables of them are written.

    used(PER_UNIT, "187.5", "18.75", "187.5 × 0.10")                  a quantity of June 2026
    recorded(CARD, events("100", "50"), "2.40", "1.20 + 0.30 + …")    records
    over_time(FLAT, "4.52", "14 of 31 days", start="2026-08-18", target_date="2026-08-31")

No amount here comes from running the product: `source` names where it was published, a rule that gives the number, or
the arithmetic in words.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

JUNE: Final = {"start": "2026-06-01", "end": "2026-07-01"}


class Worked(NamedTuple):
    body: dict[str, Any]
    amount: str
    source: str

    @property
    def name(self) -> str:
        price = self.body.get("price") or self.body["prices"][0]
        return f"{price['model']}: {self.source}"


def used(price: dict[str, Any], quantity: str, amount: str, source: str, **rest: Any) -> Worked:
    body = {"price": price, "currency": "EUR", "period": JUNE, "quantity": quantity}
    return Worked(body | rest, amount, source)


def recorded(price: dict[str, Any], records: list[dict[str, Any]], amount: str, source: str, **rest: Any) -> Worked:
    body = {"price": price, "currency": "EUR", "period": JUNE, "records": records}
    return Worked(body | rest, amount, source)


def over_time(price: dict[str, Any], amount: str, source: str, **rest: Any) -> Worked:
    return Worked({"price": price, "currency": "EUR", "end": None} | rest, amount, source)


def events(*amounts: str, **attributes: str) -> list[dict[str, Any]]:
    """Records one minute apart."""
    return [
        {"quantity": amount, "started_at": f"2026-06-02T10:{minute:02}:00Z"}
        | ({"attributes": attributes} if attributes else {})
        for minute, amount in enumerate(amounts)
    ]
