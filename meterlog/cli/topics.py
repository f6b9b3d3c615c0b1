"""`meterlog topics`: what an environment needs in Kafka.

    $ meterlog topics list
    local.usage.reported       4 partitions   7 days
    local.rating.events        4 partitions   for ever
    ...
    $ meterlog topics apply
    local.rating.events created
    16 topics: 1 created, 15 as they should be

A topic with another partition count than METERLOG_PARTITIONS is refused by name (exit code 2), and nothing is changed.
"""

from __future__ import annotations

import asyncio

import typer

from meterlog.cli.output import DataDir, Json, exit_codes, installation, print_json, settings_with

app = typer.Typer(no_args_is_help=True, help="The environment's Kafka topics.")


@app.callback()
def group() -> None:
    """The environment's Kafka topics."""


@app.command("list")
def show(as_json: Json = False) -> None:
    """Show every topic of METERLOG_ENV as it should be, without asking Kafka."""
    from meterlog.installation import topics_of

    with exit_codes():
        settings = settings_with()
        wanted = topics_of(settings.env, settings.partitions)
        if as_json:
            listed = [
                {
                    "name": topic.name,
                    "partitions": topic.partitions,
                    "config": topic.configuration(replication=settings.replication),
                }
                for topic in wanted
            ]
            print_json({"replication": settings.replication, "topics": listed})
            return
        width = max(len(topic.name) for topic in wanted)
        for topic in wanted:
            kept = "for ever" if topic.days is None else f"{topic.days} days"
            print(f"{topic.name:<{width}}  {topic.partitions:>3} partitions   {kept}")


@app.command("apply")
def apply(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Create missing topics in the running installation, or in the cluster of KAFKA_BOOTSTRAP_SERVERS."""
    from meterlog.installation import create_topics

    with exit_codes():
        applied = asyncio.run(create_topics(installation(data_dir)))
        if as_json:
            print_json({"created": list(applied.created), "existing": list(applied.existing)})
            return
        for name in applied.created:
            print(f"{name} created")
        total = len(applied.created) + len(applied.existing)
        print(f"{total} topics: {len(applied.created)} created, {len(applied.existing)} as they should be")
