"""`meterlog up` with real servers and stand-ins for the product's programs, as a process to signal and to kill.

    python stand_in_stack.py DATA_DIR PORT

`rating` is stubborn: it survives the death of its supervisor, as a program in an endless loop would.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from meterlog.cli.foreground import in_foreground, until_ended
from meterlog.cli.up import announce
from meterlog.installation import INSTALLATION
from shared.embedded.programs import Program
from shared.embedded.stack import Stack
from shared.engine.settings import Settings
from tests.kit.stand_in import command

STAND_INS = replace(
    INSTALLATION,
    programs=(
        Program(name="usage", command=command("usage")),
        Program(name="rating", command=command("rating", "stubborn")),
        Program(name="entry", command=command("entry")),
    ),
)


async def _stay(stack: Stack) -> None:
    announce(stack)
    await until_ended(stack)


if __name__ == "__main__":
    settings = Settings(data_dir=Path(sys.argv[1]), port=int(sys.argv[2]), env="standin")
    asyncio.run(in_foreground(Stack(settings, STAND_INS, say=lambda line: print(line, flush=True)), _stay))
