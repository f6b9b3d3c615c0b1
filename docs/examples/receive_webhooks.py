"""Receive Meterlog's webhooks: verify each, take each once, and answer before doing anything that lasts.

    pip install standardwebhooks
    WEBHOOK_SECRET=whsec_… python receive_webhooks.py 9000

Four things a receiver does:

1.  It verifies the signature over the bytes as they came, before it reads them as JSON. The library also refuses what
    was signed more than five minutes ago, so that nobody can send an old call again.
2.  It remembers `webhook-id` with what it was told, in one transaction of its own database, and answers 200 to what it
    knows already: a call whose answer got lost comes again.
3.  It answers at once. After ten seconds Meterlog takes the call for failed, and makes it again later.
4.  It does not count on order. `source` and `id` of the event say what came first, within one source.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

BYTES_MAX = 4 * 1024 * 1024

TABLES = """
create table if not exists event (id text primary key, source text, seq integer, type text, data text);
"""


class Receiver:
    """Takes calls; `take` gives the status to answer."""

    def __init__(self, database: sqlite3.Connection, secret: str) -> None:
        self.database = database
        self.webhook = Webhook(secret)
        database.executescript(TABLES)

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """`headers` by their names in small letters."""
        try:
            self.webhook.verify(body, headers)
        except WebhookVerificationError:
            return 401
        event = json.loads(body)
        row = (
            headers["webhook-id"],
            event["source"],
            int(event.get("seq", 0)),
            event["type"],
            json.dumps(event["data"]),
        )
        with self.database:  # a call that is known already changes nothing, and is answered as the first was
            self.database.execute("insert or ignore into event values (?, ?, ?, ?, ?)", row)
        return 200

    def in_order(self) -> list[tuple[str, int, str]]:
        """What was told, each source in its own order; work goes on from here, after the answer."""
        return self.database.execute("select source, seq, type from event order by source, seq").fetchall()


def serve(receiver: Receiver, port: int) -> HTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            if length > BYTES_MAX:
                self.send_error(413)
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(receiver.take(headers, self.rfile.read(length)))
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return HTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    made = Receiver(sqlite3.connect("webhooks.db", check_same_thread=False), os.environ["WEBHOOK_SECRET"])
    serve(made, int(sys.argv[1]) if len(sys.argv) > 1 else 9000).serve_forever()
