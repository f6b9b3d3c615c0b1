"""How this deployment's documents look, read once from the folder that METERLOG_DOCUMENT_STYLE names.

    style.json   {"paper": "a4", "accent": "#0f4c81", "logo": "logo.svg",
                  "texts": {"en": {"closing": "Thank you.", "footer": "Company register 123"}, "de": {...}}}
    logo.svg     or .png, .jpg
    entities/nl/ the same of legal entity "nl", whose documents look otherwise

All of it is looks and words of courtesy: what a document says of the sale is in the events.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import msgspec

from services.invoicing.documents.paper.style import DocumentStyle, Paper, Texts
from shared.engine.settings import Settings

_LOGO_BYTES_MAX: Final = 500_000
_LOGOS: Final = (".svg", ".png", ".jpg", ".jpeg")


class UnreadableStyle(Exception):
    """The folder holds no style that documents can be set in; the message says what to mend. The process ends."""


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`style.json` as it is written."""

    paper: Paper | None = None
    accent: Annotated[str, msgspec.Meta(pattern="^#[0-9a-fA-F]{6}$")] = DocumentStyle().accent
    logo: str | None = None
    texts: dict[str, Texts] = {}


class Styles:
    """How documents look, by the legal entity that issues them.

    Those of an entity that has no folder look as the operator's. All are read at once, so that a folder that is wrong
    is told when the process starts. Raises `UnreadableStyle`.
    """

    def __init__(self, settings: Settings) -> None:
        folder = settings.document_style
        self._usual = DocumentStyle() if folder is None else _read(folder)
        entities = () if folder is None else _folders(folder / "entities")
        self._of_entities = {entity.name: _read(entity) for entity in entities}

    def of(self, legal_entity: str | None) -> DocumentStyle:
        """The style of an entity's documents; of the operator's own for `None`."""
        return self._usual if legal_entity is None else self._of_entities.get(legal_entity, self._usual)


def style_of(settings: Settings) -> DocumentStyle:
    """The style of the operator's documents; the product's own where none is set. Raises `UnreadableStyle`."""
    return Styles(settings).of(None)


def _folders(folder: Path) -> list[Path]:
    return sorted(entity for entity in folder.iterdir() if entity.is_dir()) if folder.is_dir() else []


def _read(folder: Path) -> DocumentStyle:
    try:
        written = msgspec.json.decode((folder / "style.json").read_bytes(), type=_Written)
        logo = b"" if written.logo is None else _logo(folder / written.logo)
    except (OSError, msgspec.DecodeError) as error:
        raise UnreadableStyle(f"METERLOG_DOCUMENT_STYLE={folder}: {error}") from error
    return DocumentStyle(paper=written.paper, accent=written.accent, logo=logo, texts=written.texts)


def _logo(file: Path) -> bytes:
    if file.suffix.lower() not in _LOGOS:
        raise UnreadableStyle(f"the logo {file.name} is none of {', '.join(_LOGOS)}")
    logo = file.read_bytes()
    if len(logo) > _LOGO_BYTES_MAX:
        raise UnreadableStyle(f"the logo {file.name} has {len(logo)} bytes, more than {_LOGO_BYTES_MAX}")
    return logo
