"""What Meterlog is made of: its services, in the order in which money flows, the entry in front, databases and topics.

    INSTALLATION                          what a stack starts
    with_processes(2)                     the same with two processes of usage and of rating
    spec_of("rating", settings).tables    a service, by its name
    reported("paris")                     'paris.usage.reported'

Nothing below knows any of these names: what needs the list is handed it.
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from typing import Final

from shared.embedded.programs import ENTRY, Installation, Program
from shared.engine.environment import VAULT
from shared.engine.service import Spec
from shared.engine.settings import Settings
from shared.engine.topics import CLOCK, FOR_EVER, Applied, Topic, apply, clock, commands, dead, events

SERVICES: Final = ("usage", "rating", "invoicing", "payments", "reporting")
"""The five services, in the order in which money flows."""

DECIDING: Final = ("usage", "rating", "invoicing", "payments")
"""Services that decide, and so have a log of events and a topic for what they could not decide."""

DATABASES: Final = (*SERVICES, VAULT)
"""Every database the product owns; each is called `meterlog_<name>` and belongs to a role of that name."""


def reported(env: str) -> str:
    """Where equipment publishes usage.

    >>> reported("paris")
    'paris.usage.reported'
    """
    return f"{env}.usage.reported"


def guided(env: str) -> str:
    """Usage by account, from usage to rating."""
    return f"{env}.usage.guided"


def topics_of(env: str, partitions: int) -> list[Topic]:
    """Every topic of an environment.

    >>> [topic.name for topic in topics_of("local", 4) if topic.days is None and topic.partitions == 4]
    ['local.usage.events', 'local.rating.events', 'local.invoicing.events', 'local.payments.events']
    """

    def topic(name: str, days: int | None) -> Topic:
        return Topic(name=name, partitions=partitions, days=days)

    return [
        Topic(name=reported(env), partitions=partitions, days=7, untrusted=True),
        topic(guided(env), 60),
        *(topic(commands(env, service), 7) for service in SERVICES),
        *(topic(events(env, service), FOR_EVER) for service in DECIDING),
        *(topic(dead(env, service), 90) for service in DECIDING),
        Topic(name=clock(env), partitions=1, days=FOR_EVER),
    ]


def topic_names() -> frozenset[str]:
    """Every topic but the clock's, without the environment."""
    return frozenset(topic.name.removeprefix("any.") for topic in topics_of("any", 1)) - {CLOCK}


async def create_topics(settings: Settings) -> Applied:
    """Create what is missing and check the others, as `shared.engine.topics.apply` says."""
    return await apply(settings, topics_of(settings.env, settings.partitions))


def spec_of(name: str, settings: Settings) -> Spec:
    """`SERVICE` of its app, or what its `service(settings)` makes where settings are part of the definition."""
    app = importlib.import_module(f"services.{name}.app")
    spec: Spec = app.service(settings) if hasattr(app, "service") else app.SERVICE
    return spec


def builder_of(name: str) -> tuple[str, ...]:
    """The command of a process that builds a service's tables."""
    return (sys.executable, "-m", "meterlog.rebuild_worker", name)


def _program(name: str, module: str) -> Program:
    # Where processors are short what counts and charges goes first, and what shows it follows.
    return Program(name=name, command=(sys.executable, "-m", module), nice=5 if name == "reporting" else 0)


INSTALLATION: Final = Installation(
    programs=(*(_program(name, f"services.{name}.app") for name in SERVICES), _program(ENTRY, "meterlog.entry.app")),
    databases=DATABASES,
    topics=lambda settings: topics_of(settings.env, settings.partitions),
)


def with_processes(count: int) -> Installation:
    """So many processes of usage and of rating, which count and charge; `usage`, `usage-2` and so on share the
    partitions of usage. One process takes one processor at most."""
    more = (
        replace(_program(f"{name}-{n}", f"services.{name}.app"), replica_of=name)
        for n in range(2, count + 1)
        for name in ("usage", "rating")
    )
    return replace(INSTALLATION, programs=(*INSTALLATION.programs, *more))
