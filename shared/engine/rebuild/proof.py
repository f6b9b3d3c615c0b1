"""What a rebuild or a verification found, as it is printed, kept and shown by `GET /v1/proof/rebuilds`.

{"proof_id": "verify-rating-20261123T060000123456Z", "service": "rating", "kind": "verify", "equal": true,
 "rows": 48211, "offsets": {"rating.events/0": 120442, ...}, "digest": "5f0c…", "seconds": 3.2, "shown": false,
 "generation": 8, "tables": [...], "not_compared": [], "differences": [], "finished_at": "2026-11-23T06:00:00Z"}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, Literal

import asyncpg

from shared.engine.postgres import Connection
from shared.engine.rebuild.differences import Example
from shared.engine.rebuild.digest import Difference
from shared.kernel.envelope import format_instant

PROOFS_MAX: Final = 1_000
"""Of each service's proofs so many are kept."""
DIFFERENCES_MAX: Final = 100


@dataclass(frozen=True)
class Differing:
    """A table's partition that is not the same, in what, and a few of the rows."""

    table: str
    partition: int
    what: tuple[Difference, ...]
    rows: tuple[Example, ...] = ()

    def shape(self) -> dict[str, Any]:
        return {
            "table": self.table,
            "partition": self.partition,
            "what": {d.what: {"shown": d.shown, "rebuilt": d.rebuilt} for d in self.what},
            "rows": [asdict(example) for example in self.rows],
        }


@dataclass(frozen=True, kw_only=True)
class Proof:
    """`equal` is `None` where nothing could be compared; `why` says so, or what else is to be known.

    `rows` and `digest` are those of the rebuilt tables at `offsets` (the next one to apply of each partition). `shown`:
    they are what everybody reads now.
    """

    service: str
    kind: Literal["verify", "rebuild"]
    equal: bool | None
    rows: int
    offsets: Mapping[str, int]
    digest: str
    seconds: float
    finished_at: datetime
    generation: int
    shown: bool = False
    resumed: bool = False
    why: str | None = None
    tables: Sequence[Mapping[str, Any]] = ()
    not_compared: Sequence[str] = ()
    differences: Sequence[Differing] = field(default_factory=list)

    @property
    def proof_id(self) -> str:
        return f"{self.kind}-{self.service}-{self.finished_at:%Y%m%dT%H%M%S%fZ}"

    def line(self) -> dict[str, Any]:
        """One of `services` in what `meterlog verify --json` prints."""
        told = ("service", "equal", "rows", "offsets", "digest", "seconds")
        shape = self.shape()
        return {name: shape[name] for name in told} | {"differences": shape["differences"]}

    def shape(self) -> dict[str, Any]:
        return {
            "proof_id": self.proof_id,
            "service": self.service,
            "kind": self.kind,
            "equal": self.equal,
            "rows": self.rows,
            "offsets": dict(self.offsets),
            "digest": self.digest,
            "seconds": round(self.seconds, 2),
            "shown": self.shown,
            **self._body(),
            "finished_at": format_instant(self.finished_at),
        }

    def _body(self) -> dict[str, Any]:
        return {
            "generation": self.generation,
            "resumed": self.resumed,
            "why": self.why,
            "tables": list(self.tables),
            "not_compared": list(self.not_compared),
            "differences": [differing.shape() for differing in self.differences[:DIFFERENCES_MAX]],
        }


async def keep(connection: Connection, proof: Proof) -> None:
    """Write it down, and let go of the oldest beyond `PROOFS_MAX`."""
    async with connection.transaction():
        await connection.execute(
            """insert into durable.rebuild_proof (proof_id, service, kind, equal, shown, row_count, digest, seconds,
                                                  finished_at, body)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
            proof.proof_id,
            proof.service,
            proof.kind,
            proof.equal,
            proof.shown,
            proof.rows,
            proof.digest,
            round(Decimal(proof.seconds), 2),
            proof.finished_at,
            json.dumps({"offsets": dict(proof.offsets), **proof._body()}),
        )
        await connection.execute(
            """delete from durable.rebuild_proof where proof_id in
                 (select proof_id from durable.rebuild_proof order by finished_at desc, proof_id desc offset $1)""",
            PROOFS_MAX,
        )


def shape_of(row: asyncpg.Record) -> dict[str, Any]:
    """A kept proof as it was, from its row."""
    told = ("proof_id", "service", "kind", "equal", "digest", "shown")
    return {
        **{name: row[name] for name in told},
        "rows": row["row_count"],
        "seconds": float(row["seconds"]),
        "finished_at": row["finished_at"],
        **json.loads(row["body"]),
    }
