"""`meterlog deadletters`: what bugs have put aside and what could not be read, and what to do about it.

    $ meterlog deadletters list
    rating-3-1842      parked     acc-1, 0 before it    ZeroDivisionError: haunted
    rating-3-1847      parked     acc-1, 1 before it    stands behind a parked input
    $ meterlog deadletters show rating-3-1842
    $ meterlog deadletters requeue --account acc-1
    $ meterlog deadletters discard usage-2-9-0 --reason "a port scan"

Requeue after the version that mends the bug is running: each input is taken as if it arrived now, in order. Exit code 1
where one crashes again (it stays where it was) or the answer is no.
"""

from __future__ import annotations

import time
from typing import Annotated, Any, Final, Literal

import typer

from meterlog.cli.client import Client, Refused, client
from meterlog.cli.output import NO, DataDir, Json, exit_codes, print_json, say

app = typer.Typer(no_args_is_help=True, help="Inputs that a bug put aside, and bytes that could not be read.")

Status = Literal["open", "requeued", "discarded", "all"]

# A long queue goes on by itself, page by page; one that has not moved for so long has met its bug again.
STILL_S: Final = 5.0
_PAUSE_S: Final = 0.25


@app.callback()
def group() -> None:
    """Inputs that a bug put aside, and bytes that could not be read."""


@app.command("list")
def list_letters(
    service: Annotated[str | None, typer.Option(help="Only of usage, rating, invoicing or payments.")] = None,
    status: Annotated[Status, typer.Option(help="Resolved ones too: `all`.")] = "open",
    kind: Annotated[str | None, typer.Option(help="Only `parked`, `command` or `bytes`.")] = None,
    account: Annotated[str | None, typer.Option(help="Only of this account.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """List dead letters, oldest first: in this order queues are taken."""
    with exit_codes(), client(data_dir) as ask:
        page = ask.get(
            "/v1/dead-letters",
            service=service,
            status=None if status == "all" else status,
            kind=kind,
            account_id=account,
            limit=limit,
            sort="recorded_at",
        )
        if as_json:
            print_json({"items": page["items"], "total": page["total"]})
            return
        for letter in page["items"]:
            print(_line(letter))
        if page["total"] > len(page["items"]):
            say(f"{len(page['items'])} of {page['total']}; --limit shows more")


@app.command("show")
def show(letter_id: str, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Show one dead letter with its payload."""
    with exit_codes(), client(data_dir) as ask:
        letter = ask.get(f"/v1/dead-letters/{letter_id}")
        if as_json:
            print_json(letter)
            return
        for name, value in letter.items():
            if value is not None and name not in ("payload", "headers", "allowed_actions"):
                print(f"{name:<14} {value}")
        for name, value in (letter["headers"] or {}).items():
            print(f"  {name}: {value}")
        print(_payload(letter["payload"]))


@app.command("requeue")
def requeue(
    letter_ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="As `list` shows them.")] = None,
    account: Annotated[str | None, typer.Option(help="All that is open of this account, in order.")] = None,
    queue: Annotated[bool, typer.Option("--queue", help="Also what is parked behind each.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Have dead letters taken again, as if they arrived now."""
    if bool(letter_ids) == (account is not None):
        raise typer.BadParameter("give dead letters, or --account")
    with exit_codes(), client(data_dir) as ask:
        done: list[dict[str, Any]] = []
        failed: list[dict[str, Any]] = []
        for name, path, body in _asked(ask, letter_ids or [], account, queue=queue):
            try:
                answer = ask.post(path, body)
                left = _left(ask, answer) if queue or account is not None else answer.get("left", 0)
                done.append({"id": name, "left": left})
                say(f"{name} requeued" + (f", {left} still parked" if left else ""))
            except Refused as no:
                if no.status in (401, 403):
                    raise
                failed.append({"id": name, "code": no.code, "detail": str(no)})
                say(f"{name}: {no}")
        if as_json:
            print_json({"requeued": done, "failed": failed})
        if failed or any(one["left"] for one in done if queue or account is not None):
            raise typer.Exit(NO)


@app.command("discard")
def discard(
    letter_id: str,
    reason: Annotated[str, typer.Option(help="Why it must never be taken; kept for ever.")],
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Never take a dead letter; of parked inputs the first of their queue."""
    with exit_codes(), client(data_dir) as ask:
        answer = ask.post(f"/v1/dead-letters/{letter_id}/discard", {"reason": reason})
        if as_json:
            print_json({"id": letter_id, "status": "discarded", "left": answer.get("left", 0)})
        else:
            say(f"{letter_id} discarded")


def _asked(ask: Client, letter_ids: list[str], account: str | None, *, queue: bool) -> list[tuple[str, str, Any]]:
    """What to ask for: a name for people, the path, the body. Queues come before commands, which wait for them."""
    if account is None:
        return [(name, f"/v1/dead-letters/{name}/requeue", {"queue": queue}) for name in letter_ids]
    parked = ask.get("/v1/dead-letters", parking_key=account, status="open", kind="parked", limit=500)["items"]
    query: dict[str, str | int | None] = {
        "account_id": account,
        "status": "open",
        "kind": "command",
        "sort": "recorded_at",
        "limit": 500,
    }
    commands = ask.get("/v1/dead-letters", **query)["items"]
    return [
        *(
            (f"{account} in {service}", f"/v1/dead-letters/queues/{service}/requeue", {"parking_key": account})
            for service in sorted({letter["service"] for letter in parked})
        ),
        *((letter["id"], f"/v1/dead-letters/{letter['id']}/requeue", {}) for letter in commands),
    ]


def _left(ask: Client, answer: dict[str, Any]) -> int:
    """How many are still parked once a queue has come to rest."""
    left, key = answer.get("left", 0), answer.get("parking_key")
    service = answer.get("service") or str(answer.get("id", "")).partition("-")[0]
    moved_at = time.monotonic()
    while left and key and time.monotonic() - moved_at < STILL_S:
        time.sleep(_PAUSE_S)
        now = ask.get("/v1/dead-letters", service=service, parking_key=key, status="open", kind="parked", limit=1)
        if now["total"] != left:
            left, moved_at = int(now["total"]), time.monotonic()
    return int(left)


def _line(letter: dict[str, Any]) -> str:
    about = letter["subject"] or letter["input"]
    if letter["stands_behind"] is not None:
        about = f"{letter['parking_key']}, {letter['stands_behind']} before it"
    status = "" if letter["status"] == "open" else f"{letter['status']}: "
    return f"{letter['id']:<20} {letter['kind']:<8} {about:<32} {status}{letter['reason'] or letter['error']}"


def _payload(payload: dict[str, Any] | None) -> str:
    if payload is None:
        return "(the bytes are no longer kept)"
    cut = f"\n({payload['size_bytes']} bytes in all)" if payload["truncated"] else ""
    return f"\n{payload['text']}{cut}"
