"""How far a long work is: a bar with rate and time left on a terminal, a plain line now and then elsewhere.

rating: building  ━━━━━━━━━━━━━━━━━━━━╸          61 %   8,412 events/s   0:00:43

All of it on stderr.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from meterlog.cli.output import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from shared.engine.rebuild.job import Step

PLAIN_EVERY_S: Final = 10.0
_WORDS: Final = {
    "load": "building",
    "follow": "following",
    "prove": "comparing",
    "show": "going over",
}


@contextmanager
def progress() -> Iterator[Callable[[Step], None]]:
    """What to tell each step to, while the work lasts."""
    if not sys.stderr.isatty():
        yield PlainLines()
        return
    with _bars() as bars:
        yield Bars(bars)


class PlainLines:
    """One line for each phase that takes long enough, and one every ten seconds."""

    def __init__(self) -> None:
        self._phase = ("", "")
        self._said_s = -PLAIN_EVERY_S

    def __call__(self, step: Step) -> None:
        phase, now = (step.service, step.phase), time.monotonic()
        # Following happens again and again, and is over at once.
        if step.phase == "follow" or (phase == self._phase and now - self._said_s < PLAIN_EVERY_S):
            return
        self._phase, self._said_s = phase, now
        say(line_of(step))


class Bars:
    """A bar for each service and phase, one below the other."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[tuple[str, str], TaskID] = {}

    def __call__(self, step: Step) -> None:
        if step.phase == "follow":
            return
        key = (step.service, step.phase)
        if key not in self._tasks:
            self._tasks[key] = self._bars.add_task(f"{step.service}: {_WORDS[step.phase]}", total=step.total or None)
        self._bars.update(self._tasks[key], completed=step.done, total=step.total or None)


def line_of(step: Step) -> str:
    """A step in words.

    >>> from shared.engine.rebuild.job import Step
    >>> line_of(Step("rating", "load", 4200, 8400)), line_of(Step("rating", "prove"))
    ('rating: building, 4,200 of 8,400 events', 'rating: comparing')
    """
    counts = f", {step.done:,} of {step.total:,} events" if step.total else ""
    return f"{step.service}: {_WORDS[step.phase]}{counts}"


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        Task,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f} events/s" if speed and task.total else "", style="progress.data.speed")

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), Rate(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
