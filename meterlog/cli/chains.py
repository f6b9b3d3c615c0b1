"""The chains of numbering series, walked in the tables of invoicing: what `meterlog verify` says of them.

for chain in await walked(settings):
    print(sentence(chain))            # chain INV   HOLDS   1,204 documents   2F07 1A9C 44DE 0B13
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.invoicing.proof.walking import Break
    from shared.engine.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A series walked to its end, or to where it breaks. `unproven` links are from before there were proofs."""

    series_id: str
    links: int
    unproven: int
    hash: str | None
    broken: Break | None


async def walked(settings: Settings) -> list[Chain]:
    """Every series, in one snapshot of what is shown."""
    import asyncpg

    connection = await asyncpg.connect(
        settings.postgres_dsn_of("invoicing"), server_settings={"search_path": "live, durable"}
    )
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            rows = await connection.fetch("select series_id from numbering_series_row order by series_id")
            return [await _chain(connection, row["series_id"]) for row in rows]
    finally:
        await connection.close()


async def _chain(connection: Any, series_id: str) -> Chain:
    from services.invoicing.proof.walking import walk

    links, unproven, after, last = 0, 0, 0, None
    while True:
        page = await walk(connection, series_id, after=after)
        links, unproven, last = links + page.links, unproven + page.unproven, page.hash or last
        if page.next is None:
            return Chain(series_id=series_id, links=links, unproven=unproven, hash=last, broken=page.broken)
        after = page.next


def sentence(chain: Chain) -> str:
    """For a person."""
    from services.invoicing.proof.carried import fingerprint

    name = f"chain {chain.series_id:<5}"
    if (broken := chain.broken) is not None:
        return f"{name} BREAKS       at {broken.number}: {broken.what} is {broken.found}, and not {broken.stated}"
    unproven = f", {chain.unproven:,} from before there were proofs" if chain.unproven else ""
    last = f"   {fingerprint(chain.hash)}" if chain.hash else ""
    return f"{name} HOLDS        {chain.links:>11,} documents{unproven}{last}"


def told(chain: Chain) -> dict[str, Any]:
    """For a program."""
    broken = chain.broken and {name: getattr(chain.broken, name) for name in chain.broken.__struct_fields__}
    names = ("series_id", "links", "unproven")
    return {
        **{name: getattr(chain, name) for name in names},
        "sha256": chain.hash,
        "holds": broken is None,
        "broken": broken,
    }
