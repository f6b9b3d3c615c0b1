"""`meterlog watch-folder` takes what is complete, and moves it away with a report."""

from __future__ import annotations

import json
from pathlib import Path

from meterlog.cli.watch_folder import Seen, complete_files, move


def test_a_file_is_complete_when_it_has_not_changed_between_two_looks(tmp_path: Path) -> None:
    seen: Seen = {}
    file = tmp_path / "a.csv"
    for name in (".hidden", "b.csv.part", "c.tmp"):
        (tmp_path / name).write_text("x")
    (tmp_path / "done").mkdir()
    file.write_text("half")
    assert list(complete_files(tmp_path, seen)) == []
    file.write_text("half and more")
    assert list(complete_files(tmp_path, seen)) == []
    assert list(complete_files(tmp_path, seen)) == [file]
    (tmp_path / "b.csv.part").rename(tmp_path / "b.csv")
    assert list(complete_files(tmp_path, seen)) == [file]
    assert list(complete_files(tmp_path, seen)) == sorted(
        [file, tmp_path / "b.csv"], key=lambda f: f.stat().st_mtime_ns
    )


def test_a_file_of_a_name_that_was_there_before_takes_nothing_from_it(tmp_path: Path) -> None:
    for content in ("one", "two"):
        (tmp_path / "a.csv").write_text(content)
        move(tmp_path / "a.csv", {"status": "done", "done": 1})
    (tmp_path / "a.csv").write_text("three")
    move(tmp_path / "a.csv", {"status": "failed", "done": 0})
    assert sorted(file.name for file in (tmp_path / "done").iterdir()) == [
        "a.1.csv",
        "a.1.csv.report.json",
        "a.csv",
        "a.csv.report.json",
    ]
    assert [(tmp_path / "done" / name).read_text() for name in ("a.csv", "a.1.csv")] == ["one", "two"]
    assert json.loads((tmp_path / "failed" / "a.csv.report.json").read_text())["status"] == "failed"
