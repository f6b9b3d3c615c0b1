"""`meterlog docs`: the generated part of the documentation.

    $ meterlog docs events
    docs/events: 78 schemas, 1 changed
    $ meterlog docs events --check
    docs/events/rating.ChargeFixed.v1.json differs from the code: run `meterlog docs events`

schemas.py         the JSON Schema of every message, from the catalogues of the services
pages.py           the files as text, and how they get into docs/
compatibility.py   what a reader of the old schema could not live with
asyncapi.py        docs/asyncapi.yaml: every topic, with what travels on it
reports_page.py    docs/reports.md: every report, its columns and their formulas
openapi.py         console/openapi.json: the API, from which the console's client is generated

A schema that readers rely on is not overwritten by one that breaks them: such a change is refused by name (exit code
1), and is a new version of the event instead. `--in-place` overrules that for events that no release has carried yet.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from meterlog.cli.output import NO, say

app = typer.Typer(no_args_is_help=True, help="The generated part of the documentation.")


@app.callback()
def group() -> None:
    """The generated part of the documentation."""


@app.command("events")
def events(
    directory: Annotated[Path, typer.Option("--directory", help="The documentation's folder.")] = Path("docs"),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if anything differs.")] = False,
    in_place: Annotated[bool, typer.Option("--in-place", help="Allow changes that break readers.")] = False,
) -> None:
    """Write docs/events/, docs/asyncapi.yaml and docs/reports.md from the code."""
    from meterlog.cli.docs.pages import breaking, differences, rendered, write

    files = rendered()
    changed = differences(directory, files)
    if check:
        for name in changed:
            say(f"{directory / name} differs from the code: run `meterlog docs events`")
        raise typer.Exit(NO if changed else 0)
    broken = [] if in_place else breaking(directory, files)
    if broken:
        for line in broken:
            say(line)
        say("readers rely on these: write a new version of the event beside the old one")
        raise typer.Exit(NO)
    write(directory, files)
    schemas = sum(name.endswith(".json") for name in files)
    print(f"{directory / 'events'}: {schemas} schemas, {len(changed)} files changed")


@app.command("openapi")
def openapi(
    file: Annotated[Path, typer.Option("--file", help="The saved document.")] = Path("console/openapi.json"),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if it differs.")] = False,
) -> None:
    """Write console/openapi.json from the code; `npm --prefix console run api` then makes the console's client."""
    from meterlog.cli.docs.openapi import openapi_text

    text = openapi_text()
    changed = not file.exists() or file.read_text() != text
    if check:
        if changed:
            say(f"{file} differs from the code: run `meterlog docs openapi`")
        raise typer.Exit(NO if changed else 0)
    file.write_text(text)
    print(f"{file}: {'changed; now run `npm --prefix console run api`' if changed else 'unchanged'}")
