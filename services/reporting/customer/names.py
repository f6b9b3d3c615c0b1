"""Customers by name: their names are sealed everywhere but here, in the memory of the process that may open them.

    await names.find("brown 12", most=8)       # ['acc-12'], the account of "Brown & Sons, shop 12"

Nothing of it is stored: an index on disk would outlive an erasure. The names are opened when somebody first searches, a
page at a time, and new ones at each search. A key that was destroyed takes its name with it: those that a search finds
are looked up in the vault before they are told, and all others within a minute of the next search.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

import structlog
from fastapi import Request

from shared.engine.held import READS_AS
from shared.http.api import Api, caller_of
from shared.http.customers import SEALED
from shared.http.personal_reads import unnoted
from shared.http.vault import ERASED, NotSealed
from shared.kernel.sealed import Sealed

log = structlog.get_logger()

NAMES_MAX: Final = 200_000
"""More are not held (some 40 MB); accounts beyond are found by their id."""

MATCHING_MAX: Final = 200
"""A list is narrowed to so many accounts at most by a name; who asks for "a" narrows nothing."""

# An account that was renamed a moment ago may become visible after one of another partition that was renamed later.
_RENAMED: Final = """
select account_id, renamed_at from account_row
 where renamed_at > coalesce($1::timestamptz, '-infinity') - interval '1 minute' order by renamed_at
"""
_NAMES: Final = "select account_id, name from account_row where account_id = any($1::text[])"

# A search waits so long for names that are being opened, and then goes on with those that are there.
_WAIT_S: Final = 2.0
_PAGE: Final = 500
_KEYS_LOOKED_UP_EVERY_S: Final = 60.0


class CustomerNames:
    """The names of all accounts, folded for searching. One for each process."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._folded: dict[str, str] = {}
        self._erased: set[str] = set()
        self._reading: asyncio.Task[None] | None = None
        self._keys_looked_up_at = 0.0
        self._renamed: dict[str, datetime] = {}
        self._renamed_to: datetime | None = None

    async def find(self, words: str, *, most: int) -> list[str]:
        """At most `most` accounts whose name has all the words, in any case, with or without accents.

        Words may be parts of words. Names that begin with the first word come first, then it goes by name.
        """
        wanted = fold(words).split()
        if not wanted:
            return []
        await self._read_new()
        found = [(name, account) for account, name in self._folded.items() if all(word in name for word in wanted)]
        found.sort(key=lambda item: (not item[0].startswith(wanted[0]), item))
        return await self._kept(account for _, account in found[:most])

    async def matching(self, request: Request) -> list[str]:
        """Accounts that a list's parameter `q` finds by name, for a caller who may read names."""
        words = request.query_params.get("q", "")
        if not caller_of(request).may("personal_data"):
            return []
        if READS_AS.get() is None:
            return await self.find(words, most=MATCHING_MAX)
        found = await self.find(words, most=NAMES_MAX)
        rows = await self._api.db.fetch("select account_id from account_row where account_id = any($1::text[])", found)
        theirs = {row["account_id"] for row in rows}
        return [account for account in found if account in theirs][:MATCHING_MAX]

    async def put_into(self, request: Request, items: Sequence[dict[str, Any]]) -> None:
        """Give each item the `account_name` of its `account_id`, as the caller may read it; `None` without one."""
        accounts = {item["account_id"] for item in items if item["account_id"] is not None}
        names = await self._names_of(request, sorted(accounts))
        for item in items:
            item["account_name"] = names.get(item["account_id"])

    async def _names_of(self, request: Request, accounts: list[str]) -> dict[str, str]:
        if not caller_of(request).may("personal_data"):
            return dict.fromkeys(accounts, SEALED)
        rows = await self._api.db.fetch(_NAMES, accounts)
        names = await self._opened([Sealed(row["name"]) for row in rows])
        return {row["account_id"]: name for row, name in zip(rows, names, strict=True)}

    async def _read_new(self) -> None:
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read(), name="customer-names", context=unnoted())
        await asyncio.wait([self._reading], timeout=_WAIT_S)
        if self._reading.done():
            self._reading.result()

    async def _read(self) -> None:
        await self._drop_erased()
        await self._drop_renamed()
        known = len(self._folded) + len(self._erased)
        if await self._api.db.fetchval("select count(*) from account_row") == known or known >= NAMES_MAX:
            return
        accounts = {row["account_id"] for row in await self._api.db.fetch("select account_id from account_row")}
        new = islice(sorted(accounts - self._folded.keys() - self._erased), NAMES_MAX - known)
        for page in _pages(new):
            await self._open(page)

    async def _open(self, accounts: list[str]) -> None:
        rows = await self._api.db.fetch(_NAMES, accounts)
        for row, name in zip(rows, await self._opened([Sealed(row["name"]) for row in rows]), strict=True):
            if name == ERASED:
                self._erased.add(row["account_id"])
            else:
                self._folded[row["account_id"]] = fold(name)

    async def _opened(self, names: list[Sealed]) -> list[str]:
        """A name that can't be opened must not keep the others from being found."""
        try:
            return await self._api.vault.open_all(names)
        except NotSealed:
            return [await self._opened_or_erased(name) for name in names]

    async def _opened_or_erased(self, name: Sealed) -> str:
        try:
            return await self._api.vault.open(name)
        except NotSealed as error:
            log.error("name_not_sealed", why=str(error))
            return ERASED

    async def _drop_erased(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._keys_looked_up_at < _KEYS_LOOKED_UP_EVERY_S:
            return
        self._keys_looked_up_at = now
        for page in _pages(list(self._folded)):
            await self._kept(page)

    async def _drop_renamed(self) -> None:
        """Forget names that are other ones by now; they are opened again."""
        for row in await self._api.db.fetch(_RENAMED, self._renamed_to):
            account, renamed_at = row["account_id"], row["renamed_at"]
            if self._renamed.get(account) != renamed_at:
                self._renamed[account] = renamed_at
                self._folded.pop(account, None)
            self._renamed_to = renamed_at

    async def _kept(self, accounts: Iterable[str]) -> list[str]:
        """Those of these accounts whose key is still there; the names of the others are forgotten."""
        asked = list(accounts)
        kept = await self._api.vault.kept(asked) if asked else set()
        for account in asked:
            if account not in kept:
                self._folded.pop(account, None)
                self._erased.add(account)
        return [account for account in asked if account in kept]


def fold(text: str) -> str:
    """Text as it is compared: without case, accents and width.

    >>> fold("Élodie ÅNGSTRÖM ＬＴＤ"), fold("Straße")
    ('elodie angstrom ltd', 'strasse')
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))


def _pages(accounts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(accounts)
    while page := list(islice(rest, _PAGE)):
        yield page
