"""`meterlog explain`: why a line of an invoice costs what it does, from its amount down to the usage records.

    $ meterlog explain INV-000042 2
    INV-000042, line 2: Fiber: Data volume                     2.51 EUR
    customer   acc-1, subscription sub-1
    period     2026-09-01 to 2026-10-01
    price      fiber version 1, in force since 2026-01-01: per_unit, unit_price 0.01, included 100
    quantity   350.5 octets
    steps      included: 100 × 0 = 0.00
               1: 250.5 × 0.01 = 2.505
    rounding   2.505000000, half_up, 2.51 EUR
    charge     ch-7, rating/2/1842
    tax        20 % of 52.40 EUR is 10.48 EUR, of which 0.502 for this line (S)
    records    2 behind it
               usage/2/1842#17
               usage/2/1842#18

The invoice is named by its number or its id. Exit code 1 when there is no such line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import quote

import typer

from meterlog.cli.output import DataDir, Json, exit_codes, print_json

if TYPE_CHECKING:
    from meterlog.cli.client import Client

_PAGE: Final = 500
_DAYS: Final = 400
_RECORDS: Final = 20
_RECORDS_MAX: Final = 100_000
# Of a price: what is told elsewhere.
_NOT_TERMS: Final = frozenset({"model", "rounding", "meter"})
_DISCOUNTED: Final = frozenset({"discount", "minimum", "maximum", "true_up", "per_event_min", "per_event_max"})


def explain(
    invoice: Annotated[str, typer.Argument(help="Number or id of the invoice.")],
    line: Annotated[int, typer.Argument(min=1, max=999_999_999, help="Number of the line, counted from 1.")],
    records: Annotated[int, typer.Option(min=0, max=_RECORDS_MAX, help="So many usage records are named.")] = _RECORDS,
    days: Annotated[bool, typer.Option("--days", help="Usage by day, too.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Say why a line of an invoice costs what it does. Exit code 1 when there is no such line."""
    from meterlog.cli.client import client

    with exit_codes(), client(data_dir) as ask:
        explained = _explained(ask, invoice, line, records, days=days)
        if as_json:
            print_json(explained)
        else:
            _print(explained)


def _explained(ask: Client, name: str, n: int, records: int, *, days: bool) -> dict[str, Any]:
    """`invoice`, `line`, `charge`, the first of its `records` and its `days`; null and empty without a charge."""
    invoice = _invoice(ask, name)
    line = ask.get(f"/v1/invoices/{_segment(invoice['id'])}/lines/{n}/explain")
    charge = ask.get(line["charge"]["href"]) if line["charge"] else None
    return {
        "invoice": {field: invoice[field] for field in ("id", "number", "account_id", "status")},
        "line": line,
        "charge": charge,
        "records": _records(ask, charge, records) if charge else [],
        "days": _days(ask, charge) if charge and days else [],
    }


def _invoice(ask: Client, name: str) -> Any:
    """By number, else by id. Raises `Refused`."""
    from meterlog.cli.client import Refused

    found = ask.get("/v1/invoices", number=name, limit=2)["items"]
    if len(found) > 1:
        raise Refused(409, "invoice_ambiguous", f"two invoices have the number {name}; name one by its id")
    return found[0] if found else ask.get(f"/v1/invoices/{_segment(name)}")


def _records(ask: Client, charge: Mapping[str, Any], wanted: int) -> list[str]:
    """The first so many citations of the charge, page by page."""
    page = charge["lineage"]
    items: list[str] = list(page["items"])
    while page["next_cursor"] is not None and len(items) < wanted:
        path = f"/v1/charges/{_segment(charge['id'])}/records"
        page = ask.get(path, limit=min(_PAGE, wanted - len(items)), cursor=page["next_cursor"])
        items += page["items"]
    return items[:wanted]


def _days(ask: Client, charge: Mapping[str, Any]) -> list[Any]:
    """Every day of the charge, page by page."""
    path = f"/v1/charges/{_segment(charge['id'])}/days"
    page = ask.get(path, limit=_DAYS)
    items: list[Any] = list(page["items"])
    while page["next_cursor"] is not None:
        page = ask.get(path, limit=_DAYS, cursor=page["next_cursor"])
        items += page["items"]
    return items


def _segment(name: str) -> str:
    return quote(name, safe="")


def _print(explained: Mapping[str, Any]) -> None:
    from rich.console import Console

    out = Console(highlight=False, soft_wrap=True, markup=False)
    invoice, line = explained["invoice"], explained["line"]
    title = f"{invoice['number'] or invoice['id']}, line {line['n']}: {line['description']}"
    out.print(f"{title:<58} {_money(line['net'])}")
    for label, text in _account(explained):
        out.print(f"{label:<10} {text}")


def _account(explained: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is said of the line, label by label; what follows under the same label has an empty one."""
    invoice, line, charge = explained["invoice"], explained["line"], explained["charge"]
    subscription = f", subscription {line['subscription_id']}" if line["subscription_id"] else ""
    yield "customer", f"{invoice['account_id']}{subscription}"
    period = line["service_period"]
    yield "period", f"{period['start']} to {period['end']}{_fraction(line)}"
    if line["carried_from"]:
        yield "from", f"invoice {line['carried_from']}, which came to less than zero"
    if line["plan_id"]:
        yield "price", _price(line, charge)
    if line["quantity"] is not None:
        yield "quantity", f"{line['quantity']} {line['unit'] or ''}".rstrip()
    for label, step in zip(["steps", *[""] * len(line["steps"])], line["steps"], strict=False):
        yield label, _step(step)
    yield "rounding", f"{line['unrounded']}, {_rounding(charge)}, {_money(line['net'])}"
    yield from _taxes(line.get("taxes", []))
    yield from _origin(line.get("origin"))
    for label, credit in _labelled("credited", line.get("credits", [])):
        yield label, f"{_money(credit['net'])} by {credit['number'] or credit['credit_note_id']}"
    if charge is None:
        return
    yield "charge", f"{charge['id']}, {charge['event']}"
    if charge.get("settles"):
        late = charge["settles"]
        yield "settles", f"usage that came late for {late['start']} to {late['end']}"
    for label, day in _labelled("days", explained["days"]):
        yield label, f"{day['day']} {day['meter']} {day['quantity']} by {day['records']:,} records"
    yield from _behind(charge["lineage"]["total"], explained["records"])


def _taxes(taxes: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """`20 % of 49.90 EUR is 9.98 EUR, of which 0.502 for this line (S, rate be-btw version 3)`."""
    for label, tax in _labelled("tax", taxes):
        by = [tax["category"], *([tax["jurisdiction"]] if tax["jurisdiction"] else [])]
        if tax["rate_id"]:
            by.append(f"rate {tax['rate_id']} version {tax['rate_version']}")
        whole = f"{tax['rate']} % of {_money(tax['base'])} is {_money(tax['tax'])}"
        yield label, f"{whole}, of which {tax['of_line']} for this line ({', '.join(by)})"


def _origin(origin: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    if origin is not None and origin["kind"] == "taken":
        where = f", from its draft {origin['invoice_id']}" if origin["invoice_id"] else ""
        yield "paid for", f"account {origin['account_id'] or 'unknown'}{where}"


def _labelled(label: str, items: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The label on the first line only."""
    for n, item in enumerate(items):
        yield "" if n else label, item


def _behind(total: int, items: list[str]) -> Iterator[tuple[str, str]]:
    if not total:
        return
    yield "records", f"{total:,} behind it"
    for citation in items:
        yield "", citation
    if len(items) < total:
        yield "", f"… and {total - len(items):,} more; --records N names them"


def _fraction(line: Mapping[str, Any]) -> str:
    fraction = line["fraction"]
    return "" if fraction in (None, "1") else f", {fraction} of a whole period"


def _price(line: Mapping[str, Any], charge: Mapping[str, Any] | None) -> str:
    text = f"{line['plan_id']} version {line['plan_version']}"
    if charge is None:
        return text
    if charge["plan_effective_from"]:
        text += f", in force since {charge['plan_effective_from']}"
    price = charge["price"]
    if price is None:
        return text
    terms = [f"{name} {_term(value)}" for name, value in price.items() if name not in _NOT_TERMS]
    return f"{text}: {', '.join([price['model'], *terms])}"


def _term(value: Any) -> str:
    """A parameter of a price on one line: `tiers (up_to 10, unit_price 1.5; up_to none, unit_price 1.0)`."""
    if isinstance(value, Mapping):
        return f"({', '.join(f'{name} {_term(inner)}' for name, inner in value.items())})"
    if isinstance(value, list):
        parts = [_term(inner).removeprefix("(").removesuffix(")") for inner in value]
        return f"({'; '.join(parts)})"
    return "none" if value is None else str(value)


def _step(step: Mapping[str, Any]) -> str:
    """`1: 250.5 × 0.01 = 2.505`; of an adjustment only its amount."""
    text = f"{step['tier']}: "
    if step["tier"] not in _DISCOUNTED:
        size = f" per {step['unit_size']}" if step.get("unit_size") else ""
        fee = f" + {step['flat_fee']}" if step.get("flat_fee") else ""
        text += f"{step['quantity']} × {step['unit_price']}{size}{fee} = "
    text += step["amount"]
    told = [step.get("label"), f"{step['count']} counted" if step.get("count") else None]
    return ", ".join([text, *(part for part in told if part)])


def _rounding(charge: Mapping[str, Any] | None) -> str:
    rounding = ((charge or {}).get("price") or {}).get("rounding") or "half_up"
    if isinstance(rounding, Mapping):
        decimals = rounding.get("decimals")
        return f"{rounding.get('mode', 'half_up')}{'' if decimals is None else f' at {decimals} decimals'}"
    return str(rounding)


def _money(money: Mapping[str, str]) -> str:
    return f"{money['amount']} {money['currency']}"
