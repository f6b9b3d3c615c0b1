"""A service killed, ended in order, or paused for some seconds, at whatever it was doing."""

from __future__ import annotations

import signal
from typing import Final

from meterlog.chaos.faults.crash import let_go
from meterlog.chaos.faults.fault import Scene, Struck, affected_by
from meterlog.installation import SERVICES
from shared.embedded.programs import ENTRY

PROGRAMS: Final = (*SERVICES, ENTRY)
PAUSE_S: Final = (1.0, 8.0)


async def killed(scene: Scene) -> Struck:
    """SIGKILL."""
    program = scene.chance.choice(PROGRAMS)
    scene.sandbox.stack.send(program, signal.SIGKILL)
    return Struck(program, affected_by(program))


async def ended(scene: Scene) -> Struck:
    """SIGTERM: the batch in flight is finished, the group left."""
    program = scene.chance.choice(PROGRAMS)
    scene.sandbox.stack.send(program, signal.SIGTERM)
    return Struck(program, affected_by(program))


async def paused(scene: Scene) -> Struck:
    """SIGSTOP, and SIGCONT some seconds later: a slow consumer, whose session may be over meanwhile."""
    program = scene.chance.choice(PROGRAMS)
    seconds = scene.chance.uniform(*PAUSE_S)
    scene.sandbox.stack.send(program, signal.SIGSTOP)
    await let_go(scene, program, seconds)
    return Struck(program, affected_by(program), f"for {seconds:.1f} s")
