"""What many price models cost the product: records per second of a mixed book beside those of plain octets.

    meterlog bench pipeline --mixed [--records 400000] [--per-message 100] [--lines 20000] [--rounds 1] [--json]
    plain    … records/s
    mixed    … records/s
    ratio    …

A round runs the product twice on the same servers, each time in a fresh environment with that many subscriptions: once
all on one plan of graduated octets, once on the plans of the mixed book (mixed_book.py). The next round turns the order
around; before the first a smaller load goes through unmeasured. No figure is printed before every count is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from bench.measure import Load, Run
from bench.product_run import run_product
from bench.servers import Sandbox, servers

LINES: Final = 20_000


@dataclass(frozen=True)
class Mixed:
    """All rounds: (plain, mixed) each."""

    load: Load
    rounds: tuple[tuple[Run, Run], ...]

    def figures(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "mixed_records_per_s": round(median(mixed.records_per_s for _, mixed in self.rounds)),
            "plain_records_per_s": round(median(plain.records_per_s for plain, _ in self.rounds)),
            "ratio": round(median(mixed.records_per_s / plain.records_per_s for plain, mixed in self.rounds), 3),
            "records": self.load.records,
            "per_message": self.load.per_message,
            "lines": self.load.lines,
        }

    def description(self) -> dict[str, Any]:
        """What a file of results holds: the figures, and what each round was made of."""
        rounds = [{"plain": plain.description(), "mixed": mixed.description()} for plain, mixed in self.rounds]
        return {**self.figures(), "rounds": rounds}


async def compare_mixed(
    *,
    records: int,
    per_message: int,
    lines: int,
    rounds: int,
    say: Callable[[str], None],
    warm_up: bool = True,
    on: Sandbox | None = None,
) -> Mixed:
    async with servers(on) as sandbox:

        def load(name: str, count: int, subscriptions: int) -> Load:
            file = sandbox.directory / f"{name}.bin"
            mixed = name == "mixed"
            return Load.written(file, records=count, per_message=per_message, lines=subscriptions, mixed=mixed)

        loads = {name: load(name, records, lines) for name in ("plain", "mixed")}
        if warm_up:
            await run_product(sandbox, load("warm-up", max(1000, records // 8), min(lines, 1000)), env="warmup")
        pairs: list[tuple[Run, Run]] = []
        for number in range(rounds):
            found: dict[str, Run] = {}
            for name in ("plain", "mixed") if number % 2 == 0 else ("mixed", "plain"):
                run = found[name] = await run_product(sandbox, loads[name], env=f"{name}{number}")
                spent = run.cpu_us_per_record()
                parts = ", ".join(f"{part} {us}" for part, us in spent.items())
                total = f"{sum(spent.values()):.1f} in all"
                say(f"{name:<8}{run.records_per_s:>8,} records/s   µs of processor a record: {parts}; {total}")
            pairs.append((found["plain"], found["mixed"]))
        return Mixed(loads["mixed"], tuple(pairs))


def sentence(figures: dict[str, Any]) -> str:
    return "\n".join(
        (
            f"plain   {figures['plain_records_per_s']:>8,} records/s",
            f"mixed   {figures['mixed_records_per_s']:>8,} records/s",
            f"ratio   {figures['ratio']:>8}",
        )
    )
