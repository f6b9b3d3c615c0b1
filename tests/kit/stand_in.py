"""A program that stands in for a service or the entry where a test is about the stack around them.

    python stand_in.py rating               answers on METERLOG_SERVICE_PORT (`entry`: on METERLOG_PORT)
    python stand_in.py rating stubborn      and ignores SIGTERM

It is ready and 12 messages behind, and says that rating is not ready. Any other path answers its environment, so that
a test can see what a program may know.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    NAME = sys.argv[1]
    if "stubborn" in sys.argv:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers: dict[str, Any] = {
                "/readyz": {
                    "ready": True,
                    "services": {
                        "usage": {"ready": True, "detail": "", "lag": 12},
                        "rating": {"ready": False, "detail": "it stands still", "lag": 12},
                    },
                },
            }
            body = answers.get(self.path, dict(os.environ))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    port = os.environ["METERLOG_PORT" if NAME == "entry" else "METERLOG_SERVICE_PORT"]
    HTTPServer(("127.0.0.1", int(port)), Answer).serve_forever()


def command(name: str, *extra: str) -> tuple[str, ...]:
    """How to start a stand-in of that name."""
    return (sys.executable, str(Path(__file__)), name, *extra)
