"""Where a figure comes from: the machine, its load, the day and the version stand beside every result.

save(Path("bench/results/pipeline.json"), "pipeline", {"records_per_s": 31400, ...})
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psutil

_ROOT: Final = Path(__file__).parents[1]


def save(file: Path, benchmark: str, figures: Mapping[str, Any]) -> None:
    """Write a result; `load_average` is that of the last 15 minutes, so that a busy machine can be told from a slow
    one.
    """
    described = {
        "benchmark": benchmark,
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "machine": machine(),
        **figures,
    }
    file.write_text(json.dumps(described, indent=2) + "\n")


def machine() -> dict[str, Any]:
    """What this is measured on."""
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "python": platform.python_version(),
        "load_average": round(os.getloadavg()[2], 2),
    }


def _commit() -> str | None:
    """The version measured, with a plus sign where files were changed since; `None` outside a repository."""
    head = _git("rev-parse", "--short=12", "HEAD")
    return head and head + ("+" if _git("status", "--porcelain", "--", "meterlog", "shared", "services") else "")


def _git(*arguments: str) -> str | None:
    done = subprocess.run(["git", *arguments], cwd=_ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None
