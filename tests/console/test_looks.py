"""Every page of the console, light and dark, on a desk and in a hand, in a real Chromium over the mock API.

No stack is needed: what is looked at is the build (console/e2e/looks.ts). Nothing may be wider than the window, break
an accessibility rule, or go wrong in the browser's console; a page that is in no list of places fails.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.ports import free_port

CONSOLE = Path(__file__).parents[2] / "console"
NODE = Path(sys.executable).parent / "node"

LOOKS = ("dark-390", "rtl-few", "loading-few", "refused-few", "away-few", "empty-few", "admin-390")
ALL_LOOKS = (
    *("light-1366", "dark-1366", "light-390", "dark-390", "rtl-1366", "admin-1366", "admin-390"),
    *("loading-1366", "loading-few", "refused-1366", "refused-few", "away-390", "away-few", "empty-390", "empty-few"),
)

# A look takes a minute on free cores and some on busy ones: one of them stands for all here, with some pages from
# right to left; CONSOLE_LOOKS=all takes the others. A hang takes longer.
WALK_TIMEOUT_S = 1_800


@pytest.mark.slow
def test_no_page_is_wider_than_its_window_or_breaks_an_accessibility_rule_in_any_look(tmp_path: Path) -> None:
    if not (CONSOLE / "dist" / "index.html").is_file():
        pytest.fail("console/dist is missing: run `make console` first")
    looks = ALL_LOOKS if os.environ.get("CONSOLE_LOOKS") == "all" else LOOKS
    walk = subprocess.run(
        # A port of its own for the mock: two runs on one machine would look at each other's build, or at nothing.
        [
            str(NODE),
            "e2e/looks.ts",
            "--looks", ",".join(looks),
            "--shots", str(tmp_path), "--wrong-only",
            "--port", str(free_port()),
        ],
        cwd=CONSOLE,
        capture_output=True,
        text=True,
        timeout=WALK_TIMEOUT_S,
        check=False,
    )  # fmt: skip
    assert walk.returncode == 0, f"{walk.stdout}\n{walk.stderr}\nscreenshots: {tmp_path}"
