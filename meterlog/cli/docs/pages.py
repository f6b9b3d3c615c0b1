"""The generated files as text, and how they get into the documentation's folder.

files = rendered()                  # {"events/rating.AccountOpened.v1.json": "{...", "asyncapi.yaml": ...}
differences(Path("docs"), files)    # names that are missing, differ, or are left over
write(Path("docs"), files)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from meterlog.cli.docs.asyncapi import asyncapi
from meterlog.cli.docs.compatibility import incompatibilities
from meterlog.cli.docs.reports_page import reports_page
from meterlog.cli.docs.schemas import MessageSchema, message_schemas

_TITLES: Final = {
    "report": "What equipment publishes",
    "event": "Events",
    "outcome": "Outcomes of commands and inputs",
    "command": "Commands (internal)",
}


def rendered() -> dict[str, str]:
    """Every generated file by its name below the documentation's folder."""
    messages = message_schemas()
    files = {f"events/{name}.json": _text(message.schema) for name, message in messages.items()}
    pages = {
        "events/README.md": _index(messages),
        "asyncapi.yaml": _text(asyncapi(messages)),
        "reports.md": reports_page(),
    }
    return {**files, **pages}


def differences(directory: Path, files: Mapping[str, str]) -> list[str]:
    """Names of files that are missing or differ, and of generated ones that nothing generates any more."""
    changed = [name for name, text in files.items() if not _same(directory / name, text)]
    left_over = {f"events/{file.name}" for file in (directory / "events").glob("*.json")} - files.keys()
    return changed + sorted(left_over)


def breaking(directory: Path, files: Mapping[str, str]) -> list[str]:
    """What these schemas would take from readers of those in the folder, one sentence each.

    Commands are left out: they live for days inside the system, and both sides of them change together.
    """
    found: list[str] = []
    for file in sorted((directory / "events").glob("*.json")):
        old, new = json.loads(file.read_text()), files.get(f"events/{file.name}")
        if old["x-kind"] == "command":
            continue
        changes = ["the message is gone"] if new is None else incompatibilities(old, json.loads(new))
        found += [f"{file.stem}: {change}" for change in changes]
    return found


def write(directory: Path, files: Mapping[str, str]) -> None:
    """Make the folder hold these files and no other schema."""
    (directory / "events").mkdir(parents=True, exist_ok=True)
    for file in (directory / "events").glob("*.json"):
        if f"events/{file.name}" not in files:
            file.unlink()
    for name, text in files.items():
        (directory / name).write_text(text)


def _same(file: Path, text: str) -> bool:
    return file.exists() and file.read_text() == text


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _index(messages: Mapping[str, MessageSchema]) -> str:
    lines = [
        "# Messages",
        "",
        "One JSON Schema per `ce_type`, generated from the code by `meterlog docs events`; how to read them is in",
        "[../events.md](../events.md). *Hot* messages carry batches and are internal detail.",
    ]
    for kind, title in _TITLES.items():
        lines += ["", f"## {title}", "", "| type | topic | |", "|---|---|---|"]
        lines += [_row(message) for message in messages.values() if message.kind == kind]
    return "\n".join(lines) + "\n"


def _row(message: MessageSchema) -> str:
    summary = message.summary.replace("|", "\\|")
    hot = "*Hot.* " if message.hot else ""
    return f"| [{message.type}]({message.type}.json) | `{message.topic}` | {hot}{summary} |"
