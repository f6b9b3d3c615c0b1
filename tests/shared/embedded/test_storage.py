"""A storage that a later Kafka has made is refused before anything is done to it; our own release's is taken."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

import pytest
import typer

from meterlog.cli.output import UNREACHABLE, exit_codes
from shared.embedded.kafka import EmbeddedKafka
from shared.embedded.storage import METADATA_LEVEL_MAX, StorageTooNew, check_readable

# What `kafka.tools.StorageTool format` of Kafka 4.3.1 leaves: bootstrap.checkpoint, whose records set the levels.
FORMATTED_BY_4_3 = zlib.decompress(
    base64.b64decode(
        "eJxjYIADdxDBxPjmrDSDAkSEcZHSCq8+GP0fBYCktYAEBxAzizFgAkYg/gg2spRP7xdYiBVq1FwYjWEkmxVIpx4jD4NgbmpJYkpiSaJeWWpR"
        "cWZ+HoMcA0MUyIF+QFnF1JzM9MyknFS9nNTElNQivaLUgpzM5MRiuGqg9SYMDCyMGkDVfOlF+aUFaFJsEKnijMSiVGQpC6CfGHWAUgLFJUWp"
        "ibkoRjowMHAxmgAlRUqKEvOKE5NLgBJwBUxwz7MDsT3Y84slpLVQwhO35xmloOHJwgZSDQACpG3Z"
    )
)


def broker_on(storage: bytes, directory: Path, *, file: str = "bootstrap.checkpoint") -> EmbeddedKafka:
    at = directory / "data" / file
    at.parent.mkdir(parents=True)
    (directory / "data" / "meta.properties").write_text("version=1\ncluster.id=0c4Hqw3jSe2YMyNg505RCA\nnode.id=1\n")
    at.write_bytes(storage)
    return EmbeddedKafka(directory, broker_port=1, controller_port=2)


def files(directory: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in directory.rglob("*") if file.is_file()}


@pytest.mark.parametrize("file", ["bootstrap.checkpoint", "__cluster_metadata-0/00000000000000000000.log"])
async def test_a_directory_made_by_kafka_4_3_is_refused_and_left_as_it_is(tmp_path: Path, file: str) -> None:
    """Formatted by it, or upgraded to it: then its own log says so."""
    broker = broker_on(FORMATTED_BY_4_3, tmp_path, file=file)
    before = files(tmp_path)
    with pytest.raises(StorageTooNew, match=r"level 30, and Kafka 4\.2\.0.*Nothing was changed.*--data-dir") as refused:
        await broker.start()
    assert refused.value.level == 30
    assert files(tmp_path) == before
    assert broker.child is None


def test_the_command_line_says_it_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broker_on(FORMATTED_BY_4_3, tmp_path)
    with pytest.raises(typer.Exit) as left, exit_codes():
        check_readable(tmp_path / "data")
    assert left.value.exit_code == UNREACHABLE
    assert "was written by a newer Kafka" in capsys.readouterr().err


def test_where_nothing_is_yet_nothing_is_refused(tmp_path: Path) -> None:
    check_readable(tmp_path / "data")


@pytest.mark.servers
async def test_our_own_release_formats_the_highest_level_that_is_taken(tmp_path: Path) -> None:
    broker = EmbeddedKafka(tmp_path, broker_port=1, controller_port=2)
    await broker.prepare()
    check_readable(tmp_path / "data")
    found = (tmp_path / "data" / "bootstrap.checkpoint").read_bytes()
    assert b"\x11metadata.version" + METADATA_LEVEL_MAX.to_bytes(2, "big") in found
