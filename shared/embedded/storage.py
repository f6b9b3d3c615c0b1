"""Whether a broker's storage can be read by the Kafka that runs here. Kafka has no way back: what a newer release has
formatted, an older one can't start on, and ends with a trace of its own.

    check_readable(Path(".meterlog/kafka/data"))          # StorageTooNew if a release after ours has made it

The level of a storage's metadata (`metadata.version`) stands in its bootstrap checkpoint, and after an upgrade in the
log of the controllers. Nothing here writes.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

RELEASE: Final = "4.2.0"
"""The newest Kafka that does not lose markers of transactions (docs/decisions/0012)."""

METADATA_LEVEL_MAX: Final = 29
"""The level that `RELEASE` formats and reads up to, 4.2-IV1; 4.3 formats 30."""

# A FeatureLevelRecord: its frame and version, type 12, version 0, the name with its length, the level in two bytes.
_FEATURE_LEVEL: Final = re.compile(rb"\x01\x0c\x00\x11metadata\.version(..)", re.DOTALL)


class StorageTooNew(Exception):
    """The storage was formatted, or upgraded, by a release of Kafka after ours."""

    def __init__(self, directory: Path, level: int) -> None:
        super().__init__(
            f"{directory} was written by a newer Kafka: its metadata are of level {level}, and Kafka {RELEASE}, which "
            f"runs here, reads up to {METADATA_LEVEL_MAX}. Nothing was changed, and Kafka has no way back. Go on with "
            "the version of Meterlog that made it, or begin a new installation in another directory (--data-dir)"
        )
        self.directory, self.level = directory, level


def check_readable(data: Path) -> None:
    """Raises `StorageTooNew`; an empty or absent directory is readable."""
    level = max(_levels(data), default=0)
    if level > METADATA_LEVEL_MAX:
        raise StorageTooNew(data, level)


def _levels(data: Path) -> Iterator[int]:
    """Every level that was ever set, of which the last is the highest: Kafka refuses to lower it."""
    files = [data / "bootstrap.checkpoint", *sorted(data.glob("__cluster_metadata-0/*.checkpoint"))]
    files += sorted(data.glob("__cluster_metadata-0/*.log"))
    for file in files:
        if file.is_file() and file.stat().st_size:
            with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
                yield from (int.from_bytes(found[1], "big") for found in _FEATURE_LEVEL.finditer(content))
