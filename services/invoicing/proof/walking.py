"""A series' chain walked from its beginning: does every link hold, and does every document say what its link proves?

    walked = await walk(pool, "INV", after=0, limit=500)
    walked.broken             # Break(n=7, number="INV-000007", what="content", stated="a1…", found="07…"), or None

What is wrong first is told, and the walk ends there: after it every hash may be another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import asyncpg
import msgspec

from services.invoicing.proof.link import Hashes, link
from services.invoicing.proof.stored import STORED, StoredDocument
from shared.engine.postgres import Connection, Pool

PAGE: Final = 500

_LINKS: Final = """
select * from document_link where series_id = $1 and n >= $2 order by n limit $3
"""


class Break(msgspec.Struct, frozen=True, kw_only=True):
    """The first link that does not hold. `what`: `number_missing`, `date`, `previous`, `link`, `proof_missing`,
    `content`, `inputs` or `document`; `stated` is what the chain says, `found` what is there.
    """

    n: int
    number: str
    what: str
    stated: str
    found: str


class Walked(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the walk. `unproven` links were made before there were proofs, of `waiting` documents the issue is on
    its way; `hash` is that of the last link; `next` is where the next page goes on, `None` at the end or at a break.
    """

    series_id: str
    after: int
    to: int
    links: int
    unproven: int
    waiting: int
    hash: str | None
    broken: Break | None
    next: int | None


async def walk(connection: Connection | Pool, series_id: str, *, after: int = 0, limit: int = PAGE) -> Walked:
    """The links with n above `after`, at most `limit`; the link at `after` is only held against the next."""
    rows = await connection.fetch(_LINKS, series_id, after, limit + 2)
    is_anchored = bool(rows) and rows[0]["n"] == after
    links = rows[1:] if is_anchored else rows
    links, more = links[:limit], len(links) > limit
    documents = await _documents(connection, links)
    before = rows[0] if is_anchored else None
    broken = next(_breaks(before, links, documents, begins=after == 0), None)
    to = links[-1]["n"] if links else after
    return Walked(
        series_id=series_id,
        after=after,
        to=to,
        links=len(links),
        unproven=sum(row["hash"] is None for row in links),
        waiting=sum((row["kind"], row["document_id"]) not in documents for row in links if row["kind"] in STORED),
        hash=links[-1]["hash"] if links else None,
        broken=broken,
        next=to if more and broken is None else None,
    )


async def _documents(
    connection: Connection | Pool, links: Sequence[asyncpg.Record]
) -> Mapping[tuple[str, str], StoredDocument]:
    found: dict[tuple[str, str], StoredDocument] = {}
    for kind, load in STORED.items():
        ids = [row["document_id"] for row in links if row["kind"] == kind]
        if ids:
            found |= {(kind, name): document for name, document in (await load(connection, ids)).items()}
    return found


def _breaks(
    before: asyncpg.Record | None,
    links: Sequence[asyncpg.Record],
    documents: Mapping[tuple[str, str], StoredDocument],
    *,
    begins: bool,
) -> Iterator[Break]:
    if begins and links and links[0]["n"] != 1:
        yield _break(links[0], "number_missing", "1", str(links[0]["n"]))
    for one, row in pairwise([before, *links]):
        assert row is not None
        if one is not None:
            yield from _after(one, row)
        elif row["previous"] is not None and begins:
            yield _break(row, "previous", row["previous"], "nothing before it")
        yield from _of_link(row)
        yield from _of_document(row, documents.get((row["kind"], row["document_id"])))


def _after(one: asyncpg.Record, row: asyncpg.Record) -> Iterator[Break]:
    if row["n"] != one["n"] + 1:
        yield _break(row, "number_missing", str(one["n"] + 1), str(row["n"]))
    if row["issued_on"] < one["issued_on"]:
        yield _break(row, "date", f"{one['issued_on']} or later", str(row["issued_on"]))
    if one["hash"] is not None and row["hash"] is None:
        yield _break(row, "proof_missing", "a hash, as of the document before", "none")
    elif row["previous"] != one["hash"]:
        yield _break(row, "previous", row["previous"] or "none", one["hash"] or "none")


def _of_link(row: asyncpg.Record) -> Iterator[Break]:
    if row["hash"] is None:
        return
    has_hashes = row["content"] is not None and row["inputs"] is not None
    computed = link(
        **{name: row[name] for name in ("series_id", "n", "number", "issued_on", "kind", "document_id", "previous")},
        hashes=Hashes(content=row["content"], inputs=row["inputs"]) if has_hashes else None,
    )
    if computed.hash != row["hash"]:
        yield _break(row, "link", row["hash"], computed.hash)


def _of_document(row: asyncpg.Record, document: StoredDocument | None) -> Iterator[Break]:
    if document is None or row["hash"] is None:
        return
    if row["content"] is not None and document.hashes.content != row["content"]:
        yield _break(row, "content", row["content"], document.hashes.content)
    if row["inputs"] is not None and document.hashes.inputs != row["inputs"]:
        yield _break(row, "inputs", row["inputs"], document.hashes.inputs)
    of = document.proof
    stated = f"{row['number']} of {row['issued_on']}, {row['hash']}"
    found = f"{document.number} of {document.issued_on}, {of.proof.hash if of else 'no hash'}"
    if stated != found:
        yield _break(row, "document", stated, found)


def _break(row: asyncpg.Record, what: str, stated: str, found: str) -> Break:
    return Break(n=row["n"], number=row["number"], what=what, stated=stated, found=found)
