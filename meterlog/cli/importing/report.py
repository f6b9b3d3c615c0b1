"""What became of the rows of a file, for people and as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import typer

from meterlog.cli.importing.rows import Failure
from meterlog.cli.output import NO, print_json

NAMED_MAX: Final = 1_000
"""Of failures so many are named; all are counted."""


@dataclass(kw_only=True)
class Report:
    """Counts of rows, and why some were refused. `taken` of a dry run are those that would be."""

    rows: int
    taken: int = 0
    existing: int = 0
    refused: int = 0
    dry_run: bool = False
    failures: list[Failure] = field(default_factory=list)

    @property
    def shape(self) -> dict[str, Any]:
        counts = {name: getattr(self, name) for name in ("rows", "taken", "existing", "refused", "dry_run")}
        return {**counts, "failures": [failure.shape for failure in self.failures[:NAMED_MAX]]}

    def lines(self) -> list[str]:
        named = [failure.sentence for failure in self.failures[:NAMED_MAX]]
        more = len(self.failures) - len(named)
        taken = "would be taken" if self.dry_run else "taken"
        summed = f"{self.rows:,} rows: {self.taken:,} {taken}, {self.existing:,} there before, {self.refused:,} refused"
        nothing = "; nothing was sent, --skip-bad takes the good rows"
        untouched = self.refused and not self.taken and not self.existing and not self.dry_run
        return [*named, *([f"and {more:,} more"] if more else []), summed + (nothing if untouched else "")]


def finish(report: Report, *, as_json: bool) -> None:
    """Show it; the command ends with code 1 where a row was refused."""
    if as_json:
        print_json(report.shape)
    else:
        print("\n".join(report.lines()))
    if report.refused:
        raise typer.Exit(NO)
