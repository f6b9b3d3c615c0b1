"""Links by which a customer reads the page of one account, without a login.

    mc_<id of the link>_<signature>        behind the # of /customer-page, so that no server's log and no Referer has it

The signature is made of the id under the vault's key: a forged one is refused before anybody looks it up, and the link
can be mailed again though it is stored nowhere. What is stored says whose it is, its end, and whether it was revoked.

>>> parse_token("mc_abc_0123456789abcdef0123456789abcdef")
('abc', '0123456789abcdef0123456789abcdef')
>>> parse_token("mk_abc_s3cr3t") is None
True
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime
from typing import Final

import asyncpg
import msgspec

from services.reporting.customer_link.changes import CustomerLinkMade, CustomerLinksRevoked
from services.reporting.database import Database
from services.reporting.identity.changes import By, changing
from shared.http.customer_link import PREFIX
from shared.http.problems import key_reused
from shared.http.vault import Vault
from shared.kernel.errors import Rejection

DAYS_DEFAULT: Final = 30
DAYS_MAX: Final = 366
ACTIVE_MAX: Final = 20
"""More at once are a program's mistake; one link serves a household."""
KEPT_DAYS: Final = 400
"""A link that has been over for so long is forgotten; that it was made stays in the audit trail."""
SEEN_EVERY_S: Final = 60

_TOKEN: Final = re.compile(rf"{PREFIX}([A-Za-z0-9-]{{1,64}})_([0-9a-f]{{32}})", re.ASCII)


class CustomerLink(msgspec.Struct, frozen=True, kw_only=True):
    link_id: str
    account_id: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_opened_at: datetime | None
    status: str

    @property
    def days(self) -> int:
        """For how many it was made."""
        return (self.expires_at - self.made_at).days

    @property
    def actor(self) -> str:
        """The name in tokens and in the records of who has read."""
        return f"customer-link:{self.link_id}"


STATUS: Final = """
case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end
"""
COLUMNS: Final = tuple(name for name in CustomerLink.__struct_fields__ if name != "status")
_ALL: Final = f"{', '.join(COLUMNS)}, {STATUS} as status"
_INSERT: Final = """
insert into durable.customer_link (link_id, account_id, made_by, expires_at)
values ($1, $2, $3, now() + make_interval(days => $4)) on conflict (link_id) do nothing returning expires_at
"""
_FORGET: Final = """
delete from durable.customer_link
 where account_id = $1 and least(expires_at, revoked_at) < now() - make_interval(days => $2)
"""
_REVOKE: Final = """
with revoked as (
    update durable.customer_link set revoked_at = now()
     where account_id = $1 and revoked_at is null and expires_at > now() returning 1)
select count(*) from revoked
"""
_OPENED: Final = f"""
update durable.customer_link set last_opened_at = now()
 where link_id = $1 and (last_opened_at is null or last_opened_at < now() - interval '{SEEN_EVERY_S} s')
"""


def token_of(vault: Vault, link_id: str) -> str:
    return f"{PREFIX}{link_id}_{vault.fingerprint('customer-link', link_id)}"


def parse_token(token: str) -> tuple[str, str] | None:
    """The id of a link and its signature; `None` for what can't be one."""
    match = _TOKEN.fullmatch(token)
    return None if match is None else (match[1], match[2])


async def make_link(database: Database, *, account_id: str, link_id: str, days: int, by: By) -> CustomerLink:
    """A link that works for so many days; one that is there under this id is that one. Raises
    `too_many_customer_links`, and `idempotency_key_reused` for an id that stands for another link."""
    async with changing(database) as change:
        connection = change.connection
        known = await find_link(connection, link_id)
        if known is None:
            await connection.execute(_FORGET, account_id, KEPT_DAYS)
            active = f"select count(*) from durable.customer_link where account_id = $1 and ({STATUS}) = 'active'"
            if await connection.fetchval(active, account_id) >= ACTIVE_MAX:
                detail = f"the account has {ACTIVE_MAX} links that work; revoke them, or send one of them again"
                raise Rejection("too_many_customer_links", detail, status=409)
            expires_at = await connection.fetchval(_INSERT, link_id, account_id, by.actor, days)
            await change.tell(CustomerLinkMade(account_id=account_id, link_id=link_id, expires_at=expires_at), by)
            known = await find_link(connection, link_id)
    assert known is not None
    if (known.account_id, known.days) != (account_id, days):
        raise key_reused()
    return known


async def find_link(database: Database, link_id: str) -> CustomerLink | None:
    row = await database.fetchrow(f"select {_ALL} from durable.customer_link where link_id = $1", link_id)
    return None if row is None else link_of(row)


def link_of(row: asyncpg.Record) -> CustomerLink:
    return CustomerLink(**{name: row[name] for name in CustomerLink.__struct_fields__})


async def revoke_links(database: Database, account_id: str, by: By) -> int:
    """All that work end at once; how many there were."""
    async with changing(database) as change:
        links: int = await change.connection.fetchval(_REVOKE, account_id)
        if links:
            await change.tell(CustomerLinksRevoked(account_id=account_id, links=links), by)
    return links


async def opened(database: Database, vault: Vault, token: str) -> CustomerLink | None:
    """Whose page a token opens; `None` for one that is forged, over or revoked, and for who is erased."""
    parts = parse_token(token)
    if parts is None or not hmac.compare_digest(token, token_of(vault, parts[0])):
        return None
    link = await find_link(database, parts[0])
    if link is None or link.status != "active" or not await vault.kept([link.account_id]):
        return None
    await database.execute(_OPENED, link.link_id)
    return link
