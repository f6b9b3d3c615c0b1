"""What the demo found, asked of the API and printed for a person or as one JSON object."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

from meterlog.demo.client import Client
from meterlog.demo.world import CURRENCY, World
from shared.kernel.envelope import format_instant

TERMS = ("accepted", "billed", "allowance", "unbilled", "parked", "not_billable", "retracted")


@dataclass(frozen=True)
class Report:
    """The numbers, and one invoice line explained."""

    numbers: dict[str, Any]
    explained: dict[str, Any] | None


async def gather(client: Client, world: World, *, base_url: str, env: str, kafka: str, agent_records: int) -> Report:
    period = {"from": format_instant(world.start), "to": format_instant(world.end)}
    statement = await client.get("/v1/proof/conservation", **period)
    money = (await client.get("/v1/overview"))["totals"]
    invoices = await client.get("/v1/invoices", status="issued", sort="-total", limit=1)
    drafts = await client.get("/v1/invoices", status="draft", limit=1)
    euro = next(total for total in money if total["currency"] == CURRENCY)
    numbers = {
        "base_url": base_url,
        "kafka_bootstrap_servers": kafka,
        "env": env,
        "records_in": statement["records_in"],
        "rated": statement["billed"] + statement["allowance"] + statement["unbilled"],
        "duplicates": statement["duplicates"],
        "conflicts": statement["conflicts"],
        "quarantined": statement["quarantined"],
        "invoices": invoices["total"],
        "drafts": drafts["total"],
        "invoiced": euro["invoiced"],
        "paid": euro["paid"],
        "open": euro["open"],
        "currency": CURRENCY,
        "agent": {"records": agent_records},
        "conservation": {term: statement[term] for term in (*TERMS, "balanced")},
    }
    return Report(numbers, await _explained(client, invoices["items"][0]["id"]) if invoices["items"] else None)


async def _explained(client: Client, invoice_id: str) -> dict[str, Any] | None:
    """The dearest line for usage: the one that most needs explaining."""
    invoice = await client.get(f"/v1/invoices/{invoice_id}")
    usage = [line for line in invoice["lines"] if line.get("meter")]
    if not usage:
        return None
    dearest = max(usage, key=lambda line: Decimal(line["net"]["amount"]))
    explained: dict[str, Any] = await client.get(f"/v1/invoices/{invoice_id}/lines/{dearest['n']}/explain")
    return {"invoice": invoice["number"], **explained}


def show(report: Report, *, admin_key: str, email: str, password: str) -> None:
    """For a person, on stdout."""
    numbers = report.numbers
    out = Console()
    table = Table(show_header=False, box=None, pad_edge=False)
    for name in ("records_in", "rated", "duplicates", "conflicts"):
        table.add_row(name.replace("_", " "), f"{numbers[name]:,}")
    for reason, count in sorted(numbers["quarantined"].items()):
        table.add_row(f"quarantined: {reason}", f"{count:,}")
    table.add_row("invoices", f"{numbers['invoices']:,}")
    table.add_row("drafts", f"{numbers['drafts']:,}")
    for label, name in (("invoiced", "invoiced"), ("paid", "paid"), ("outstanding", "open")):
        table.add_row(label, f"{numbers[name]} {numbers['currency']}")
    table.add_row("live records of this machine", str(numbers["agent"]["records"]))
    out.print(table)
    out.print()
    out.print(_conservation_line(numbers["conservation"]), highlight=False, soft_wrap=True)
    if report.explained is not None:
        out.print()
        _show_line(out, report.explained)
    out.print()
    out.print(f"console   {numbers['base_url']}/   sign in as {email} with {password}", highlight=False, soft_wrap=True)
    out.print(f"API       {numbers['base_url']}/docs   admin key {admin_key}", highlight=False, soft_wrap=True)
    topic = f"{numbers['env']}.usage.reported"
    out.print(f"Kafka     {numbers['kafka_bootstrap_servers']}   topic {topic}", highlight=False, soft_wrap=True)


def _conservation_line(terms: dict[str, Any]) -> str:
    parts = " + ".join(f"{terms[name]:,} {name.replace('_', ' ')}" for name in TERMS[1:])
    verdict = "balanced" if terms["balanced"] else "DOES NOT BALANCE"
    return f"{terms['accepted']:,} accepted = {parts}: {verdict}"


def _show_line(out: Console, line: dict[str, Any]) -> None:
    amount = line["net"]["amount"] if isinstance(line.get("net"), dict) else line.get("net")
    out.print(f"why {amount} {CURRENCY} on {line['invoice']}: {line.get('description', '')}", highlight=False)
    period = line.get("period") or {}
    where = f"plan {line.get('plan_id')} version {line.get('plan_version')}"
    when = f"{period.get('start')} to {period.get('end')}"
    out.print(f"  {where}, {when}, {line.get('records', 0)} records", highlight=False)
    for step in line.get("steps", []):
        out.print("  " + ", ".join(f"{name} {value}" for name, value in step.items()), highlight=False, soft_wrap=True)
