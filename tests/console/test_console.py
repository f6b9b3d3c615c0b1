"""The console in a real Chromium against the embedded stack.

`demo` is a running stack with demo data and a built console; the walk itself is console/e2e/run.ts: login,
overview, invoices, one invoice with its lines explained and its PDF; once, what lies beside the way (a role that may
not see everything, signing out, a session that ends) and a report as a file, which is opened here; and on every page
axe. Light on a desk and dark in a hand show each theme and each width; all four:

    CONSOLE_LOOKS=all pytest tests/console
"""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Protocol
from xml.etree import ElementTree

import pytest

CONSOLE = Path(__file__).parents[2] / "console"
NODE = Path(sys.executable).parent / "node"

LOOKS = ("light-1366", "dark-390")
ALL_LOOKS = ("light-1366", "dark-1366", "light-390", "dark-390")

# A look takes 20 s on two free cores and a minute on busy ones; twice that for all four is a hang.
WALK_TIMEOUT_S = 600


class DemoStack(Protocol):
    """What the walk needs of the stack: where it answers and who may sign in."""

    base_url: str
    email: str
    password: str


@pytest.mark.servers
@pytest.mark.slow
def test_the_console_walks_from_login_to_pdf_with_no_accessibility_violation(demo: DemoStack, tmp_path: Path) -> None:
    if not (CONSOLE / "node_modules").is_dir():
        pytest.fail("console/node_modules is missing: run `make console` first")
    looks = ALL_LOOKS if os.environ.get("CONSOLE_LOOKS") == "all" else LOOKS
    walk = subprocess.run(
        [
            str(NODE),
            "e2e/run.ts",
            "--base-url", demo.base_url,
            "--email", demo.email,
            f"--password={demo.password}",
            "--looks", ",".join(looks),
            "--shots", str(tmp_path), "--wrong-only",
        ],
        cwd=CONSOLE,
        capture_output=True,
        text=True,
        timeout=WALK_TIMEOUT_S,
        check=False,
    )  # fmt: skip
    assert walk.returncode == 0, f"{walk.stdout}\n{walk.stderr}\nscreenshots: {tmp_path}"
    _check_files(tmp_path)


def _check_files(folder: Path) -> None:
    """Excel and CSV of the report add up to what the page said."""
    shown = json.loads((folder / "shown.json").read_text())
    rows = list(csv.DictReader(io.StringIO((folder / "revenue.csv").read_text("utf-8-sig"))))
    amounts = [row[shown["column"]] for row in rows if row["currency"] == shown["currency"]]
    summed = sum((Decimal(amount) for amount in amounts), Decimal(0))
    assert rows and _digits(f"{summed:f}") == shown["digits"]
    assert _digits(_total_of_excel(folder / "revenue.xlsx", shown["column"], shown["currency"])) == shown["digits"]


def _digits(amount: str) -> str:
    return "".join(sign for sign in amount if sign.isdigit())


def _total_of_excel(path: Path, column: str, currency: str) -> str:
    """What stands in the column, in the row that sums the currency."""
    with zipfile.ZipFile(path) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = [
        {
            cell.get("r", "").rstrip("0123456789"): cell.findtext("{*}v") or cell.findtext("{*}is/{*}t") or ""
            for cell in row.findall("{*}c")
        }
        for row in root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row")
    ]
    letter = next(letter for letter, text in rows[0].items() if text == column)
    return next(row[letter] for row in rows if row.get("A") == f"Total {currency}")
