"""The package that a workbook is: a ZIP file, written from its first byte to its last and never gone back in.

package = Package(made_at)
package.begin("xl/worksheets/sheet1.xml")
package.write("<worksheet …")
package.taken()                              # the bytes so far; the caller has them, the package forgets them
"""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from typing import IO, Any, Final, cast
from xml.sax.saxutils import escape

_LEVEL: Final = 1
"""Of compression: three times as fast as usual, for files a tenth larger."""
_EARLIEST: Final = 1980

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_FORMATS: Final = "http://schemas.openxmlformats.org"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CONTENT_TYPES: Final = (
    f'{_XML}<Types xmlns="{_FORMATS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATION: Final = f"{_FORMATS}/officeDocument/2006/relationships"
_RELATIONS: Final = (
    f'{_XML}<Relationships xmlns="{_FORMATS}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_FORMATS}/package/2006/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_WORKBOOK_RELATIONS: Final = (
    f'{_XML}<Relationships xmlns="{_FORMATS}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATION}/worksheet" Target="worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{_RELATION}/styles" Target="styles.xml"/></Relationships>'
)


class _Outlet:
    """Takes bytes and gives them away. It can't be gone back in, and says so: the ZIP is written accordingly."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def taken(self) -> bytes:
        whole = b"".join(self._parts)
        self._parts.clear()
        return whole


class Package:
    def __init__(self, made_at: datetime) -> None:
        self._outlet = _Outlet()
        self._at = made_at.astimezone(UTC)
        self._zip = zipfile.ZipFile(cast(Any, self._outlet), "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._open: IO[bytes] | None = None

    def begin(self, name: str) -> None:
        self._end_part()
        stamp = (max(self._at.year, _EARLIEST), *self._at.timetuple()[1:6])
        info = zipfile.ZipInfo(name, cast(Any, stamp))
        info.compress_type = zipfile.ZIP_DEFLATED
        self._open = self._zip.open(info, "w")

    def write(self, xml: str) -> None:
        assert self._open is not None
        self._open.write(xml.encode())

    def whole(self, name: str, xml: str) -> None:
        self.begin(name)
        self.write(xml)

    def taken(self) -> bytes:
        return self._outlet.taken()

    def close(self, title: str, filtered: str, styles: str) -> None:
        """Write what names the parts. `filtered`: the cells of the table that can be filtered."""
        self.whole("xl/styles.xml", styles)
        self.whole("xl/workbook.xml", _workbook(filtered))
        self.whole("xl/_rels/workbook.xml.rels", _WORKBOOK_RELATIONS)
        self.whole("docProps/core.xml", _properties(title, self._at))
        self.whole("_rels/.rels", _RELATIONS)
        self.whole("[Content_Types].xml", _CONTENT_TYPES)
        self._end_part()
        self._zip.close()

    def _end_part(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _workbook(filtered: str) -> str:
    sheet = filtered.partition("!")[0]
    return (
        f'{_XML}<workbook xmlns="{_FORMATS}/spreadsheetml/2006/main" xmlns:r="{_RELATION}"><sheets>'
        '<sheet name="Rows" sheetId="1" r:id="rId1"/><sheet name="About" sheetId="2" r:id="rId2"/></sheets>'
        f'<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{filtered}</definedName>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{sheet}!$1:$1</definedName></definedNames></workbook>'
    )


def _properties(title: str, at: datetime) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_FORMATS}/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Meterlog</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at:%Y-%m-%dT%H:%M:%SZ}</dcterms:created></cp:coreProperties>'
    )
