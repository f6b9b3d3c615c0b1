"""What documents are set with, by typst: the fonts that come with the product, and text that is only text.

    typst.compile(main, font_paths=fonts())
    quoted('#read("secret")')        a string of typst, whatever stands in it, and no word of it

The fonts are Noto for every script, and typst's own, so a document is the same bytes on every machine.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import typst

STANDARDS: Final = ("a-3a", "ua-1")
"""An archive file, tagged for who listens to it."""
NO_LETTER: Final = "could not be displayed"
"""What typst says of a character that no font has, which an archive may not hold."""
_FONT_PACKAGES: Final = ("manimgx_fonts", "manimgx_fonts_cjk")


@cache
def fonts() -> typst.Fonts:
    """Read once: the files have 40 MB."""
    return typst.Fonts(include_system_fonts=False, font_paths=[_folder_of(package) for package in _FONT_PACKAGES])


def quoted(text: str) -> str:
    """Whatever people wrote stands between quotation marks, so that it is text and never a word of typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _folder_of(package: str) -> Path:
    """Where a package of fonts lies. It holds nothing but files, so it need not be imported."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed; documents are set in its fonts", name=package)
    return Path(found.origin).parent
