"""Records per second from `usage.reported` to rated rows, beside the bare pipeline on the same servers.

    meterlog bench pipeline [--records 400000] [--per-message 100] [--partitions 4] [--replicas 1] [--rounds 1] [--json]
    bare     79,100 records/s
    columns 110,300 records/s
    product  31,400 records/s
    ratio    0.40

A round runs the bare pipeline (bare.py), that with columns inside (bare_columns.py) and the product one after the
other, each with fresh topics and tables and the same load; the next round turns the order around. The ratio is to the
first of them. Before the first, a smaller load goes through the bare pipeline
unmeasured: a broker that has just started runs uncompiled code, to the loss of whoever comes first. No figure is
printed before every count is exact. Over several rounds the median of each is shown, and the median of the rounds'
ratios.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.bare_run import run_bare
from bench.measure import Load, Run
from bench.product_run import run_product
from bench.servers import Sandbox, servers

BARE: Final = {"bare": "bench.bare", "columns": "bench.bare_columns"}
PIPELINES: Final = (*BARE, "product")


@dataclass(frozen=True)
class Compared:
    """All rounds of one shape of load, each with a run of `PIPELINES` by name."""

    load: Load
    rounds: tuple[Mapping[str, Run], ...]
    partitions: int = 4
    replicas: int = 1

    def figures(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "records_per_s": self._median("product"),
            "bare_records_per_s": self._median("bare"),
            "columns_records_per_s": self._median("columns"),
            "ratio": round(median(r["product"].records_per_s / r["bare"].records_per_s for r in self.rounds), 3),
            "records": self.load.records,
            "per_message": self.load.per_message,
            "partitions": self.partitions,
            "replicas": self.replicas,
        }

    def description(self) -> dict[str, Any]:
        """What a file of results holds: the figures, and what each round was made of."""
        rounds = [{name: run.description() for name, run in found.items()} for found in self.rounds]
        return {**self.figures(), "rounds": rounds}

    def _median(self, name: str) -> int:
        return round(median(found[name].records_per_s for found in self.rounds))


async def compare(
    *,
    records: int,
    per_message: int,
    rounds: int,
    say: Callable[[str], None],
    partitions: int = 4,
    replicas: int = 1,
    profiles: Path | None = None,
    on: Sandbox | None = None,
) -> Compared:
    """`partitions` and `replicas` (processes of each service) are the product's; the bare pipeline stays as it is.
    With `profiles` one more round is run, which counts for nothing: each process of the product leaves a flame graph of
    it there, and looking a hundred times a second costs some percent."""
    async with servers(on, partitions=partitions) as sandbox:
        load = Load.written(sandbox.directory / "load.bin", records=records, per_message=per_message)
        warm_up = Load.written(
            sandbox.directory / "warm-up.bin", records=max(1000, records // 4), per_message=per_message
        )
        await run_bare(sandbox, warm_up)
        pairs: list[Mapping[str, Run]] = []
        for number in range(rounds):
            found: dict[str, Run] = {}
            for name in PIPELINES if number % 2 == 0 else reversed(PIPELINES):
                run = await (
                    run_bare(sandbox, load, module=BARE[name])
                    if name in BARE
                    else run_product(sandbox, load, env=f"bench{number}", replicas=replicas)
                )
                found[name] = run
                say(f"{name:<8}{run.records_per_s:>8,} records/s   µs of processor a record: {_spent(run)}")
            pairs.append({name: found[name] for name in PIPELINES})
        if profiles is not None:
            profiled = await run_product(sandbox, load, env="profiled", replicas=replicas, profiles=profiles)
            say(f"product {profiled.records_per_s:>8,} records/s while profiled, not counted")
        return Compared(load, tuple(pairs), sandbox.settings.partitions, replicas)


def _spent(run: Run) -> str:
    spent = run.cpu_us_per_record()
    said = ", ".join(f"{name} {us}" for name, us in spent.items()) + f"; {sum(spent.values()):.1f} in all"
    counted = ", ".join(f"{name} {run.records // max(1, n):,}" for name, n in run.transactions.items())
    return f"{said}; records a transaction: {counted}" if counted else said


def sentence(figures: dict[str, Any]) -> str:
    return "\n".join(
        (
            f"bare    {figures['bare_records_per_s']:>8,} records/s",
            f"columns {figures['columns_records_per_s']:>8,} records/s",
            f"product {figures['records_per_s']:>8,} records/s",
            f"ratio   {figures['ratio']:>8}",
        )
    )
