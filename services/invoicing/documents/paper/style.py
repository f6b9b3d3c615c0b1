"""How an operator's documents look: paper, colour, logo and texts. Content is never here: that is in the events.

DocumentStyle(paper="a4", accent="#0f4c81", logo=b"<svg ...>", texts={"de": Texts(footer="Amtsgericht …")})
"""

from __future__ import annotations

from typing import Literal

import msgspec

Paper = Literal["a4", "us-letter"]


class Texts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of the operator in one language: `closing` below the totals, `footer` at the foot of each page."""

    closing: str = ""
    footer: str = ""


class DocumentStyle(msgspec.Struct, frozen=True, kw_only=True):
    """`paper`: `None` is what the customer's country prints on. `texts` by language, "en" where theirs is missing.

    `logo` is an SVG, PNG or JPEG; `accent` a colour as `#rrggbb`.
    """

    paper: Paper | None = None
    accent: str = "#0f4c81"
    logo: bytes = b""
    texts: dict[str, Texts] = {}

    def texts_in(self, language: str) -> Texts:
        return self.texts.get(language) or self.texts.get("en") or Texts()
