"""Processor time by process as a picture: one bar a run, a colour a process.

spent_chart({"cpu_us_per_record": {"usage": 11.3, "rating": 5.4, "kafka": 3.0}})      # '<svg ...'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

_WIDTH: Final = 720
_LEFT: Final = 150
_BAR: Final = 26
_GAP: Final = 14
_COLOURS: Final = ("#1b6e8c", "#d97b29", "#5b8c3e", "#8a4f9e", "#b33a4a", "#6b7280", "#c2a83e", "#2f4b7c")
_PREFIX: Final = "cpu_us_per_"


def spent_chart(figures: Mapping[str, Any]) -> str:
    """Empty where a result does not say what each process spent."""
    bars = list(_bars(figures))
    if not bars:
        return ""
    names = list(dict.fromkeys(name for _, spent, _ in bars for name in spent))
    longest = max(sum(spent.values()) for _, spent, _ in bars) or 1
    scale = (_WIDTH - _LEFT - 90) / longest
    height = len(bars) * (_BAR + _GAP) + 40
    drawn = "".join(
        _bar(n * (_BAR + _GAP) + 4, title, spent, unit, names, scale) for n, (title, spent, unit) in enumerate(bars)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" '
        f'font-size="12" role="img"><rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>{drawn}'
        f"{_legend(names, height - 22)}</svg>\n"
    )


def _bars(figures: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, float], str]]:
    """Title, µs by process, of what."""
    for name, value in figures.items():
        if name.startswith(_PREFIX) and isinstance(value, dict):
            unit = name.removeprefix(_PREFIX)
            yield unit.replace("_", " "), value, unit
    for number, pair in enumerate(figures.get("rounds", []) if isinstance(figures.get("rounds"), list) else []):
        for which, run in pair.items() if isinstance(pair, dict) else ():
            if isinstance(run, dict) and (spent := run.get("cpu_us_per_record")):
                yield f"{which}, run {number + 1}", spent, "record"


def _bar(top: int, title: str, spent: Mapping[str, float], unit: str, names: list[str], scale: float) -> str:
    parts = [f'<text x="{_LEFT - 8}" y="{top + 17}" text-anchor="end" fill="#222">{escape(title)}</text>']
    left = float(_LEFT)
    for name, us in spent.items():
        width = us * scale
        colour = _COLOURS[names.index(name) % len(_COLOURS)]
        said = f"<title>{escape(name)}: {us} µs a {escape(unit)}</title>"
        parts.append(
            f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{colour}">{said}</rect>'
        )
        left += width
    parts.append(f'<text x="{left + 6:.1f}" y="{top + 17}" fill="#222">{sum(spent.values()):.1f} µs</text>')
    return "".join(parts)


def _legend(names: list[str], top: int) -> str:
    parts, left = [], _LEFT
    for n, name in enumerate(names):
        parts.append(f'<rect x="{left}" y="{top}" width="11" height="11" fill="{_COLOURS[n % len(_COLOURS)]}"/>')
        parts.append(f'<text x="{left + 15}" y="{top + 10}" fill="#222">{escape(name)}</text>')
        left += 28 + 7 * len(name)
    return "".join(parts)
