"""A plug-in of a test: a file in a folder of its own, found as if it stood with the others.

with plugged_in(taxes, tmp_path, "levy", SOURCE, kinds):
    assert "levy" in kinds()
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any


@contextmanager
def plugged_in(package: ModuleType, folder: Path, name: str, source: str, listing: Callable[[], Any]) -> Iterator[None]:
    """`listing` is the cached function that lists the package."""
    (folder / f"{name}.py").write_text(source)
    package.__path__.append(str(folder))
    listing.cache_clear()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        package.__path__.remove(str(folder))
        listing.cache_clear()  # type: ignore[attr-defined]
        sys.modules.pop(f"{package.__name__}.{name}", None)
        vars(package).pop(name, None)
