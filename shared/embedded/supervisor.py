"""Keeps child processes running: what ends without being told to is started again.

    supervisor = Supervisor(say=print, changed=directory.record)
    supervisor.keep(child)
    ...
    await supervisor.stop(["entry"], grace_s=2)     # and it stays stopped

The first restart comes after 0.2 s, each further one after twice that, up to 5 s; a process that ran for ten seconds
starts from the beginning again. Processes exit on any fault they can't resolve (crash only), so restarting is normal
operation, and the pause keeps a process that can't work at all from taking the machine with it.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable
from typing import Final

from shared.embedded.process import Child, Identity

FIRST_PAUSE_S: Final = 0.2
LAST_PAUSE_S: Final = 5.0
STEADY_AFTER_S: Final = 10.0


class Supervisor:
    """Children by name."""

    def __init__(
        self,
        *,
        say: Callable[[str], None] = lambda _line: None,
        changed: Callable[[list[Identity]], None] = lambda _identities: None,
    ) -> None:
        """`say` is told of every restart; `changed` of every process that starts, with all that run."""
        self._say = say
        self._changed = changed
        self._children: dict[str, Child] = {}
        self._watches: dict[str, asyncio.Task[None]] = {}
        self.restarts: dict[str, int] = {}
        """How often each child has ended without being told to."""

    def keep(self, child: Child) -> None:
        """Keep a child running from now on; it is started if it does not run yet."""
        self._children[child.name] = child
        self.restarts[child.name] = 0
        if not child.running:
            child.start()
        self._tell()
        self._watches[child.name] = asyncio.create_task(self._watch(child), name=f"watch {child.name}")

    def pids(self) -> dict[str, int]:
        """Names and pids of what runs at this moment."""
        return {name: child.pid for name, child in self._children.items() if child.pid is not None}

    def child(self, name: str) -> Child:
        return self._children[name]

    def send(self, name: str, number: signal.Signals) -> None:
        """Signal a child; if it ends by it, it is started again like after any other end."""
        self._children[name].send(number)

    async def stop(self, names: Iterable[str], *, grace_s: float) -> None:
        """Stop these children at the same time, for good. Names that were never kept are passed over."""
        known = [name for name in names if name in self._children]
        for name in known:
            self._watches.pop(name).cancel()
        await asyncio.gather(*(self._children[name].stop(grace_s=grace_s) for name in known))
        for name in known:
            del self._children[name]

    def kill_all(self) -> None:
        """End everything at once, for an impatient second Ctrl-C."""
        for watch in self._watches.values():
            watch.cancel()
        for child in self._children.values():
            child.kill()

    async def _watch(self, child: Child) -> None:
        loop = asyncio.get_running_loop()
        pause_s = FIRST_PAUSE_S
        while True:
            started = loop.time()
            code = await child.wait()
            self.restarts[child.name] += 1
            if loop.time() - started > STEADY_AFTER_S:
                pause_s = FIRST_PAUSE_S
            self._say(f"{child.name} {_ending(code)}; starting it again in {pause_s:g} s (log: {child.log})")
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LAST_PAUSE_S)
            child.start()
            self._tell()

    def _tell(self) -> None:
        found = (Identity.of(name, pid) for name, pid in self.pids().items())
        self._changed([identity for identity in found if identity is not None])


def _ending(code: int) -> str:
    """How a process ended, in words.

    >>> _ending(3), _ending(-9)
    ('ended with code 3', 'was ended by SIGKILL')
    """
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
