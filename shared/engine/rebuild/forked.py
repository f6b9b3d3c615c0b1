"""A process that builds, forked off the one that asks for it: what that has imported is not imported a second time.

    forked = fork(lambda channel: serve(spec, settings, channel, channel))
    reader, writer = await asyncio.open_connection(sock=forked.channel)

To import a service takes over a second of a core, which is half of what a rebuild of a million records takes. Nothing
of what the asking process has open stays open in the other: its servers would not see that it ended.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NoReturn

CAN_FORK: Final = sys.platform.startswith("linux")
"""Elsewhere libraries of the system may not be used after a fork."""
_CHANNEL: Final = 3


@dataclass(frozen=True)
class Forked:
    pid: int
    channel: socket.socket

    def end(self) -> None:
        """Kill it if it is there still."""
        if os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def fork(serve: Callable[[int], object]) -> Forked:
    """A copy of this process in which `serve` is all that happens; it is given the number of its end of the channel."""
    ours, theirs = socket.socketpair()
    # What is there is nobody's garbage in the copy: to collect a connection would be to use it.
    gc.freeze()
    pid = os.fork()
    if pid == 0:
        _live(serve, theirs.fileno())
    gc.unfreeze()
    theirs.close()
    ours.setblocking(False)
    return Forked(pid, ours)


def _live(serve: Callable[[int], object], channel: int) -> NoReturn:
    """Never returns: what is above on the stack belongs to the other process."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with its channel
        os.dup2(channel, _CHANNEL)
        os.closerange(_CHANNEL + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        serve(_CHANNEL)
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)
