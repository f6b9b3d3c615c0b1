"""The files of the product and their syntax trees, for the tests that keep the house in order.

for file in named(".py", "shared"):
    tree(file)
"""

from __future__ import annotations

import ast
import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]

_SKIPPED: Final = {"node_modules", "dist", "build", "__pycache__", "test-results", "playwright-report"}
_TEXT: Final = {
    *(".py", ".md", ".sql", ".toml", ".yml", ".yaml", ".json", ".lock", ".ts", ".tsx", ".css", ".js", ".sh"),
    *(".typ", ".html", ".properties", ".cfg", ".ini", ".txt", ".tpl"),
    "",
}
# Written by a program, for a program.
GENERATED: Final = ("package-lock.json", "requirements.lock", "schema.d.ts", "openapi.json", "asyncapi.yaml")


@cache
def files() -> tuple[Path, ...]:
    """Every text file that is part of the product. Hidden folders are tools' own, but for `.ci`."""
    found: list[Path] = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [
            name
            for name in below
            if name not in _SKIPPED and not name.endswith(".egg-info") and (name == ".ci" or not name.startswith("."))
        ]
        found += [Path(folder, name) for name in names if Path(name).suffix in _TEXT and not name.endswith(".log")]
    # In a linked work tree of git `.git` is a file, and no part of the product.
    return tuple(sorted(file for file in found if file.name not in (".env", ".git")))


def named(suffix: str, *folders: str) -> list[Path]:
    starts = [str(ROOT / folder) + "/" for folder in folders] or [str(ROOT)]
    return [file for file in files() if file.suffix == suffix and str(file).startswith(tuple(starts))]


@cache
def tree(file: Path) -> ast.Module:
    """Kept for good, and so never looked through for garbage: that costs four times what reading it does."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(file.read_text())
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


def place(file: Path, line: int = 0) -> str:
    return f"{file.relative_to(ROOT)}:{line}" if line else str(file.relative_to(ROOT))


SOURCES: Final = named(".py", "meterlog", "services", "shared", "bench")
TESTS: Final = named(".py", "tests")


def strings_in_code(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each string that is no docstring."""
    prose = {id(node.value) for node in ast.walk(tree(file)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value
