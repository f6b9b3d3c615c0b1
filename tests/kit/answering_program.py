"""A program to be born: it says who it is, ends when it is told to, and by itself with the code that its environment
asks for. It passes the failpoint that its environment names.

    python -m tests.kit.answering_program
"""

from __future__ import annotations

import json
import os
import signal
import sys

from shared.engine.failpoints import failpoint

if __name__ == "__main__":
    about = {"parent": os.getppid(), "session": os.getsid(0), "directory": os.getcwd(), "arguments": sys.argv[1:]}
    print(json.dumps(about | {"environment": dict(os.environ)}), flush=True)
    print("to errors", file=sys.stderr, flush=True)
    if point := os.environ.get("POINT"):
        failpoint(point)
    if code := os.environ.get("CODE"):
        sys.exit(int(code))
    if os.environ.get("BUG"):
        raise LookupError("a bug")
    signal.pause()
