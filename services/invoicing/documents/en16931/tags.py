"""XML out of nested elements, written as text; what is not given is left out.

tag("cac:Country", tag("cbc:IdentificationCode", "BE"))     # an Element; None where nothing is inside
to_xml(tag(...))                                            # bytes, UTF-8, with a declaration
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, tostring

_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""

Content = Element | str | date | Decimal | None


def tag(name: str, *content: Content | Iterable[Element | None], **attributes: str) -> Element | None:
    """An element of text or of others. `None` where there is nothing in it: an empty element is an error everywhere."""
    made = Element(name, {key: value for key, value in attributes.items() if value})
    for part in content:
        match part:
            case None:
                continue
            case Element():
                made.append(part)
            case str() | date() | Decimal():
                made.text = _text(part)
            case _:
                made.extend(element for element in part if element is not None)
    return made if made.text or len(made) else None


def to_xml(root: Element) -> bytes:
    """The document as bytes, always the same for the same elements."""
    document: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return document


def _text(value: str | date | Decimal) -> str:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return _UNWRITABLE.sub("\ufffd", value).strip()
