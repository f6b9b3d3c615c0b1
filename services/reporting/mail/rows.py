"""The mails that are to go out, and what became of each.

    await put(connection, NewMail(mail_id="…", kind="report", address="ann@example.org", about="reporting-…"))
    mail = await start(pool, claim)              # `sending` is in the table before anybody is called
    await end(pool, mail, Outcome("sent", "250"), claim)

Of two processes one gets a mail. One whose process ended before it said what came of it is `unknown`: it may be in the
mailbox, so nobody sends it again but a person.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import msgspec

from services.reporting.database import Database
from shared.mail.outcome import Outcome
from shared.mail.pauses import pause_after

ORPHAN_AFTER_S: Final = 300
"""Longer than writing a mail and handing it over ever take."""
KEPT_DAYS: Final = 30
TOO_LATE_H: Final = 72
"""What has waited so long for a mail server is news no more."""

STATUSES: Final = ("waiting", "sending", "sent", "bounced", "failed", "unknown", "cancelled")


WRITTEN_ANEW: Final = ("report", "customer_link")
"""Kinds that need nothing of the table to be written again."""


class NewMail(msgspec.Struct, frozen=True, kw_only=True):
    """`refused`: why it is not even tried, for the record."""

    mail_id: str
    kind: str
    address: str
    about: str
    schedule_id: str | None = None
    body: str | None = None
    refused: str | None = None


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    mail_id: str
    kind: str
    address: str
    about: str
    schedule_id: str | None
    body: str | None
    status: str
    attempts: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    code: str | None
    answer: str | None


COLUMNS: Final = ", ".join(Mail.__struct_fields__)
_PUT: Final = """
insert into durable.mail (mail_id, kind, address, about, schedule_id, body, status, code, ended_at)
values ($1, $2, $3, $4, $5, $6, case when $7::text is null then 'waiting' else 'failed' end, $7,
        case when $7::text is null then null else now() end)
on conflict (mail_id) do nothing
"""
_START: Final = f"""
update durable.mail set status = 'sending', attempts = attempts + 1, claim = $1, started_at = now()
 where mail_id = (select mail_id from durable.mail where status = 'waiting' and not_before <= now()
                   order by not_before limit 1 for update skip locked)
returning {COLUMNS}
"""
# What was said to be unknown is known after all where the process that called says so.
_END: Final = """
update durable.mail
   set status = $4, code = $5, answer = $6, not_before = now() + make_interval(secs => $7),
       ended_at = case when $4 = 'waiting' then null else now() end,
       body = case when $4 in ('waiting', 'unknown') then body end
 where mail_id = $1 and attempts = $2 and claim = $3 and status in ('sending', 'unknown')
"""


async def put(database: Database, new: NewMail) -> None:
    """A mail to be sent; one of that id is one."""
    arguments = (new.mail_id, new.kind, new.address, new.about, new.schedule_id, new.body, new.refused)
    await database.execute(_PUT, *arguments)


async def start(database: Database, claim: str) -> Mail | None:
    """The next mail, as an attempt of this process; `None` where there is none."""
    row = await database.fetchrow(_START, claim)
    return None if row is None else mail_of(row)


async def end(database: Database, mail: Mail, outcome: Outcome, claim: str) -> None:
    """What came of it. One that was not taken this time waits, and after the last try has failed."""
    pause = pause_after(mail.attempts) if outcome.kind == "deferred" else None
    status = "waiting" if pause is not None else "failed" if outcome.kind in ("deferred", "gone") else outcome.kind
    await database.execute(_END, mail.mail_id, mail.attempts, claim, status, outcome.code, outcome.answer, pause or 0)


async def tidy(database: Database) -> None:
    """Attempts without an outcome are for a person, what is too late has failed, and what is old goes."""
    orphan = """
    update durable.mail set status = 'unknown', code = 'no_outcome', answer = 'the process that sent it has ended',
           ended_at = now() where status = 'sending' and started_at < now() - make_interval(secs => $1)
    """
    await database.execute(orphan, ORPHAN_AFTER_S)
    late = """
    update durable.mail set status = 'failed', code = coalesce(code, 'too_late'), ended_at = now(), body = null
     where status = 'waiting' and created_at < now() - make_interval(hours => $1)
    """
    await database.execute(late, TOO_LATE_H)
    await database.execute("delete from durable.mail where ended_at < now() - make_interval(days => $1)", KEPT_DAYS)


async def find(database: Database, mail_id: str) -> Mail | None:
    row = await database.fetchrow(f"select {COLUMNS} from durable.mail where mail_id = $1", mail_id)
    return None if row is None else mail_of(row)


async def resend(database: Database, mail: Mail) -> bool:
    """Try it anew, on a person's word; whether it could be."""
    again = """
    update durable.mail set status = 'waiting', not_before = now(), created_at = now(), ended_at = null, attempts = 0,
           claim = null, code = null, answer = null
     where mail_id = $1 and status in ('unknown', 'failed', 'bounced', 'cancelled')
       and (kind = any($2::text[]) or body is not null) returning true
    """
    return bool(await database.fetchval(again, mail.mail_id, WRITTEN_ANEW))


async def cancel(database: Database, mail: Mail) -> bool:
    """Send it no more, or say that a person has looked; whether it could be."""
    stop = """
    update durable.mail set status = 'cancelled', ended_at = now(), body = null
     where mail_id = $1 and status in ('unknown', 'waiting') returning true
    """
    return bool(await database.fetchval(stop, mail.mail_id))


def mail_of(row: Any) -> Mail:
    return Mail(**{name: row[name] for name in Mail.__struct_fields__})
