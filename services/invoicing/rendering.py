"""Where documents are made: in threads of their own that step back behind everything else.

    pdf = await rendered(outputs()["pdf"], contents)

A document is some 15 ms of work outside of the interpreter. Many at once, asked for by people or sent in bulk, take the
time that a billing run leaves: there are `AT_ONCE` threads, whatever is asked for, and the system lets all others go
first. (Niceness is a thread's own on Linux; elsewhere they run like all others.)
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final

from services.invoicing.documents.contract import InvoiceContents, Output

AT_ONCE: Final = 2
NICENESS: Final = 10


async def rendered(output: Output, contents: InvoiceContents) -> bytes:
    """The document, made when it is its turn. Raises what `render` raises."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), output.render, contents)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="documents", initializer=_step_back)


def _step_back() -> None:
    """Threads that the typesetter starts from here inherit it."""
    with contextlib.suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
