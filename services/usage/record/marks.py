"""Which attributes of a record are personal, as meters mark them: asked for each record that has any. Pure.

marks = Marks({"voice.seconds": {"destination": 7}}, known={"voice.seconds", "data.octets"})
marks.of("voice.seconds")        # {"destination": 7}
marks.of("data.octets")          # {}: nothing of it is personal
marks.of("sms.messages")         # {"destination": 7}: nobody defined it yet, so what any meter marks is hidden
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from services.usage.meter.state import BUILT_IN

_NOTHING: Final[Mapping[str, int]] = {}
_NOWHERE: Final[Mapping[str, Mapping[str, int]]] = {}


class Marks:
    """What is personal, by meter: the attribute's name and how many characters of it stay readable."""

    def __init__(self, by_meter: Mapping[str, Mapping[str, int]] = _NOWHERE, known: Collection[str] = ()) -> None:
        self._by_meter = {meter: marks for meter, marks in by_meter.items() if marks}
        self._known = {*BUILT_IN, *known}
        self._any: dict[str, int] = {}
        for marks in self._by_meter.values():
            for name, keep in marks.items():
                self._any[name] = min(keep, self._any.get(name, keep))
        self.names = frozenset(self._any)

    def __bool__(self) -> bool:
        """Whether anything is personal at all."""
        return bool(self._by_meter)

    def of(self, meter: str) -> Mapping[str, int]:
        marks = self._by_meter.get(meter)
        if marks is not None:
            return marks
        return _NOTHING if meter in self._known else self._any

    def touch(self, meter: str, attributes: Mapping[str, Any]) -> bool:
        """Whether a record of the meter with these attributes has anything personal in it."""
        return not self.of(meter).keys().isdisjoint(attributes)


NO_MARKS: Final = Marks()
