"""The job `subject-access`: everything that is held about the person of one account, gathered and still sealed.

What the tables say is a file each (customer, services, invoices, payments, usage, who has read); what the log says is
`events.ndjson`, every event of the account with its payload. Personal fields are opened as the file goes out.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import msgspec

from services.reporting.audit.payloads import LogOffset
from services.reporting.job.runner import JobFailed, Run
from services.reporting.job.zipped import part
from shared.http.lookup import Lookup
from shared.http.problems import Unavailable

KIND: Final = "subject-access"
EVENTS_MAX: Final = 50_000
ROWS_MAX: Final = 100_000
"""Of usage the latest; the rest stays in the log, as `README.txt` says."""
AT_ONCE: Final = 500
WITHIN_S: Final = 600.0


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    account_id: str


_encode: Final = msgspec.json.Encoder(decimal_format="string", order="deterministic").encode

# File, its query by the account, in the order of the ZIP.
_TABLES: Final = {
    "customer.json": """
        select account_id, name, details, currency, cycle_id, time_zone, tax_rate, opened_on, closed_on, parent_id,
               held_reason, held_until from account_row where account_id = $1""",
    "services.json": """
        select s.subscription_id, s.plan_id, s.starts, s.ends,
               (select jsonb_agg(jsonb_build_object('plan_id', c.plan_id, 'starts', c.starts) order by c.starts, c.seq)
                  from subscription_change_row c
                 where c.subscription_id = s.subscription_id and not c.cancelled)::text as changes
          from subscription_row s where s.account_id = $1 order by s.starts, s.subscription_id""",
    "equipment.json": """
        select resource_id, subscription_id, valid_from, valid_to from held_resource where account_id = $1
         order by valid_from, resource_id""",
    "invoices.json": """
        select invoice_id, number, status, payment_status, issued_on, due_on, period_start, period_end, net, tax, total,
               paid, due, currency from invoice_view where account_id = $1 order by issued_on nulls last, invoice_id""",
    "payments.json": """
        select payment_id, amount, currency, method, received_on, status from payment_row where account_id = $1
         order by received_on, payment_id""",
    "usage_by_period.json": """
        select subscription_id, meter, starts, records, quantity / 1000000 as quantity from rated_period
         where account_id = $1 order by starts, subscription_id, meter""",
    "usage_records.json": f"""
        select recorded_at, started_at, ended_at, source, id, resource, meter, quantity / 1000000 as quantity, state,
               attributes from usage_record where account_id = $1
         order by started_at desc nulls last limit {ROWS_MAX}""",
    "who_has_read.json": f"""
        select recorded_at, actor, data->>'role' as role, data->>'method' as method, data->>'route' as route
          from durable.personal_read where accounts @> array[$1] order by recorded_at desc limit {ROWS_MAX}""",
}
_EVENTS: Final = """
select id, type, recorded_at, actor, topic, partition, log_offset from audit_event where account_id = $1
 order by recorded_at, topic, seq limit $2
"""
README: Final = """What is held about the customer of one account
================================================

customer.json          who the customer is: name, address, e-mail, tax number, language
services.json          what was subscribed to, and since when
equipment.json         the equipment that was the customer's, and when
invoices.json          documents, with what is paid of them; each can be had as a PDF
payments.json          payments
usage_by_period.json   sums of what was used, by service, meter and billing period
usage_records.json     single records, which are kept for 100 days, with what the equipment told of them
who_has_read.json      which of our staff and programs have opened personal fields, for two years
events.ndjson          everything that was recorded, one event a line, the oldest first

Amounts and quantities are exact decimal numbers. "erased" stands where a personal field was erased, "sealed" where
something is a secret of equipment and no personal data. Instants are UTC.
"""


async def run(run: Run) -> None:
    """Raises `JobFailed`."""
    account_id = msgspec.convert(run.job.request, Asked).account_id
    await run.put(part("README.txt", README.encode()))
    try:
        async with (
            asyncio.timeout(WITHIN_S),
            run.pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            for name, sql in _TABLES.items():
                rows = [dict(row) for row in await connection.fetch(sql, account_id)]
                await run.put(part(name, _lines(rows)))
            await _events(run, connection, account_id)
    except TimeoutError as error:
        raise JobFailed("too_slow", f"it can't be read within {WITHIN_S:.0f} s") from error
    except Unavailable as error:
        raise JobFailed(error.code, error.detail) from error


async def _events(run: Run, connection: Any, account_id: str) -> None:
    rows = await connection.fetch(_EVENTS, account_id, EVENTS_MAX + 1)
    if len(rows) > EVENTS_MAX:
        raise JobFailed("too_many_rows", f"the account has more than {EVENTS_MAX} events; take an audit export of it")
    run.total, lookup = len(rows), Lookup(lambda: run.settings)
    for first in range(0, len(rows), AT_ONCE):
        page = rows[first : first + AT_ONCE]
        places = [LogOffset(row["topic"], row["partition"], row["log_offset"]) for row in page]
        found = await lookup.read(places)
        lines = []
        for row, place in zip(page, places, strict=True):
            record = found.get(place)
            data = None if record is None else msgspec.json.decode(record.value or b"null")
            lines.append({**{name: row[name] for name in ("id", "type", "recorded_at", "actor")}, "data": data})
        await run.put(part("events.ndjson", _lines(lines)))
        run.done += len(page)


def _lines(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(_encode(row) + b"\n" for row in rows)
