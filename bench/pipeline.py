"""Records per second from `usage.reported` to rated rows, beside the bare pipeline on the same servers.

    meterlog bench pipeline [--records 400000] [--per-message 100] [--partitions 4] [--replicas 1] [--rounds 1] [--json]
    bare     79,100 records/s
    product  31,400 records/s
    ratio    0.40

A round runs the bare pipeline (bare.py) and the product one after the other, each with fresh topics and tables and the
same load; the next round turns the order around. Before the first, a smaller load goes through the bare pipeline
unmeasured: a broker that has just started runs uncompiled code, to the loss of whoever comes first. No figure is
printed before every count is exact. Over several rounds the median of each is shown, and the median of the rounds'
ratios.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.bare_run import run_bare
from bench.measure import Load, Run
from bench.product_run import run_product
from bench.servers import Sandbox, servers


@dataclass(frozen=True)
class Compared:
    """All rounds of one shape of load: (bare, product) each."""

    load: Load
    rounds: tuple[tuple[Run, Run], ...]
    partitions: int = 4
    replicas: int = 1

    def figures(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "records_per_s": round(median(product.records_per_s for _, product in self.rounds)),
            "bare_records_per_s": round(median(bare.records_per_s for bare, _ in self.rounds)),
            "ratio": round(median(p.records_per_s / b.records_per_s for b, p in self.rounds), 3),
            "records": self.load.records,
            "per_message": self.load.per_message,
            "partitions": self.partitions,
            "replicas": self.replicas,
        }

    def description(self) -> dict[str, Any]:
        """What a file of results holds: the figures, and what each round was made of."""
        rounds = [{"bare": bare.description(), "product": product.description()} for bare, product in self.rounds]
        return {**self.figures(), "rounds": rounds}


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
    Each process of the product leaves a flame graph of its last round in `profiles`."""
    async with servers(on, partitions=partitions) as sandbox:
        load = Load.written(sandbox.directory / "load.bin", records=records, per_message=per_message)
        warm_up = Load.written(
            sandbox.directory / "warm-up.bin", records=max(1000, records // 4), per_message=per_message
        )
        await run_bare(sandbox, warm_up)
        pairs: list[tuple[Run, Run]] = []
        for number in range(rounds):
            found: dict[str, Run] = {}
            for name in ("bare", "product") if number % 2 == 0 else ("product", "bare"):
                run = await (
                    run_bare(sandbox, load)
                    if name == "bare"
                    else run_product(sandbox, load, env=f"bench{number}", replicas=replicas, profiles=profiles)
                )
                found[name] = run
                say(f"{name:<8}{run.records_per_s:>8,} records/s   µs of processor a record: {_spent(run)}")
            pairs.append((found["bare"], found["product"]))
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
            f"product {figures['records_per_s']:>8,} records/s",
            f"ratio   {figures['ratio']:>8}",
        )
    )
