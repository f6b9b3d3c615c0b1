"""Fixtures of rating's tests: a plug-in that is one file in a temporary folder."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from services.rating.pricing.engine.aggregation import aggregations
from services.rating.pricing.engine.catalogue import models
from tests.services.rating.plugins import PlugIn


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlugIn]:
    """Adds a file to a plug-in folder, for one test."""
    added: list[str] = []

    def forget() -> None:
        aggregations.cache_clear()
        models.cache_clear()

    def add(package: str, word: str, source: str) -> None:
        (tmp_path / f"{word}.py").write_text(dedent(source))
        found = importlib.import_module(package)
        monkeypatch.setattr(found, "__path__", [*found.__path__, str(tmp_path)])
        added.append(f"{package}.{word}")
        forget()

    yield add
    for module in added:
        sys.modules.pop(module, None)
    monkeypatch.undo()
    forget()
