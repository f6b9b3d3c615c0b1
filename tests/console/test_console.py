"""The console in a real Chromium against the embedded stack.

`demo` is a running stack with demo data and a built console; the walk itself is console/e2e/run.ts: login,
overview, invoices, one invoice with its lines explained and its PDF; once, what lies beside the way (a role that may
not see everything, signing out, a session that ends); and on every page axe. Light on a desk and dark in a hand show
each theme and each width; all four:

    CONSOLE_LOOKS=all pytest tests/console
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

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
