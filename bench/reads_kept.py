"""What a directory that is kept has been filled with, so that a second run only asks.

kept = Kept.of(Path("/var/tmp/reads"), size)     # raises BenchFailed where other sizes were written there
kept.done                                        # {"invoices", "charges"}
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from bench.reads_seed import Size
from bench.servers import BenchFailed


@dataclass(frozen=True)
class Kept:
    """Steps that were written, and the file that says so."""

    done: set[str]
    size: Size
    file: Path | None = None

    @classmethod
    def of(cls, directory: Path | None, size: Size) -> Self:
        if directory is None:
            return cls(set(), size)
        file = directory / "written.json"
        if not file.exists():
            return cls(set(), size, file)
        found = json.loads(file.read_text())
        if found["size"] != asdict(size):
            raise BenchFailed(f"{directory} was written with {found['size']}, not {asdict(size)}: name another one")
        return cls(set(found["done"]), size, file)

    def note(self, step: str) -> None:
        self.done.add(step)
        if self.file is not None:
            self.file.write_text(json.dumps({"size": asdict(self.size), "done": sorted(self.done)}) + "\n")
