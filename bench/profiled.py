"""A process of a service under a sampler of processor time, which leaves a flame graph when it ends.

    python -m bench.profiled bench/results/profiles/pipeline/usage.svg services.usage.app
    meterlog bench pipeline --profile bench/results/profiles/pipeline

A timer of processor time interrupts the process every 2 ms of work and notes the stack of its main thread, in which the
event loop runs; what compiled code takes counts for the line that called it. The SVG stands beside a `.folded` file
(`frame;frame;frame 17`, one stack a line), which other tools read. Sampling costs about 1 % of what it measures.
"""

from __future__ import annotations

import runpy
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from types import FrameType
from typing import Final

EVERY_S: Final = 0.002
_DEPTH_MAX: Final = 60
_WIDTH: Final = 1200
_ROW: Final = 16
_NARROWEST: Final = 0.4
"""Pixels: what is narrower is left out of the picture, not out of the folded file."""
_CHARACTER: Final = 6.4
_COLOURS: Final = {"services": "#e8834a", "shared": "#e8b04a", "aiokafka": "#6aa6d8", "asyncpg": "#7cc08a"}
_OTHER: Final = "#d8d2c4"


@dataclass
class Sampler:
    """Stacks of the main thread, by how often each was found."""

    stacks: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def start(self) -> None:
        signal.signal(signal.SIGPROF, self._take)
        # A system call that a sample interrupts is begun again.
        signal.siginterrupt(signal.SIGPROF, False)
        signal.setitimer(signal.ITIMER_PROF, EVERY_S, EVERY_S)

    def stop(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _take(self, _number: int, frame: FrameType | None) -> None:
        found: list[str] = []
        while frame is not None and len(found) < _DEPTH_MAX:
            code = frame.f_code
            found.append(f"{_module(code.co_filename)}:{code.co_name}")
            frame = frame.f_back
        self.stacks[tuple(reversed(found))] += 1

    def write(self, svg: Path, title: str) -> None:
        svg.parent.mkdir(parents=True, exist_ok=True)
        folded = "".join(f"{';'.join(stack)} {count}\n" for stack, count in sorted(self.stacks.items()))
        svg.with_suffix(".folded").write_text(folded)
        svg.write_text(flame_graph(self.stacks, title))


def _module(file: str) -> str:
    """
    >>> _module("/srv/lib/python3.11/site-packages/aiokafka/client.py"), _module("/srv/shared/engine/worker.py")
    ('aiokafka/client', 'shared/engine/worker')
    """
    file = file.removesuffix(".py")
    for mark in ("/site-packages/", "/services/", "/shared/", "/bench/", "/meterlog/", "/python3.11/"):
        at = file.rfind(mark)
        if at >= 0:
            return file[at + len(mark) :] if "python" in mark or "site" in mark else file[at + 1 :]
    return file.rsplit("/", 1)[-1]


@dataclass
class _Frame:
    name: str
    count: int = 0
    calls: dict[str, _Frame] = field(default_factory=dict)


def flame_graph(stacks: Counter[tuple[str, ...]], title: str) -> str:
    """An SVG: each frame as wide as its share of all samples, its callers below it."""
    root = _Frame(f"all ({stacks.total()} samples)")
    for stack, count in stacks.items():
        root.count += count
        frame = root
        for name in stack:
            frame = frame.calls.setdefault(name, _Frame(name))
            frame.count += count
    scale = _WIDTH / max(1, root.count)
    rows = 1 + max((len(stack) for stack in stacks), default=0)
    height = (rows + 2) * _ROW
    boxes = "".join(_boxes(root, 0.0, 0, scale, height, root.count))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" font-family="monospace" '
        f'font-size="11"><text x="4" y="12">{escape(title)}</text>{boxes}</svg>\n'
    )


def _boxes(frame: _Frame, x: float, depth: int, scale: float, height: int, total: int) -> Iterator[str]:
    width = frame.count * scale
    if width < _NARROWEST:
        return
    y = height - (depth + 1) * _ROW
    colour = _COLOURS.get(frame.name.split("/")[0], _OTHER)
    room = int(width / _CHARACTER)
    label = escape(frame.name if len(frame.name) <= room else frame.name[: room - 1] + "…") if room >= 4 else ""
    text = f'<text x="{x + 2:.1f}" y="{y + 12}">{label}</text>' if label else ""
    said = escape(f"{frame.name}: {100 * frame.count / max(1, total):.1f} %")
    box = f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_ROW - 1}" fill="{colour}"/>'
    yield f"<g><title>{said}</title>{box}{text}</g>"
    for call in _by_name(frame.calls.values()):
        yield from _boxes(call, x, depth + 1, scale, height, total)
        x += call.count * scale


def _by_name(frames: Iterable[_Frame]) -> list[_Frame]:
    return sorted(frames, key=lambda frame: frame.name)


def main() -> None:
    svg, module = Path(sys.argv[1]), sys.argv[2]
    sampler = Sampler()
    sampler.start()
    try:
        sys.argv = [module, *sys.argv[3:]]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        sampler.stop()
        sampler.write(svg, f"{module}: processor time")


if __name__ == "__main__":
    main()
