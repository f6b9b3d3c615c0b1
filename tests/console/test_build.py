"""What `make console` built: within its budgets, and every text of it compressed beside itself.

It reads `console/dist`, so it runs where the console is built: `make test` builds it first.
"""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

CONSOLE = Path(__file__).parents[2] / "console"
DIST = CONSOLE / "dist"
NODE = Path(sys.executable).parent / "node"


@pytest.mark.slow
def test_every_script_and_style_has_its_compressed_forms() -> None:
    assert (DIST / "index.html").is_file(), "run `make console` first"
    texts = [*DIST.glob("assets/*.js"), *DIST.glob("assets/*.css"), DIST / "index.html"]
    for text in texts:
        if text.stat().st_size < 500:
            continue  # what is this small may be no smaller compressed
        brotli, zipped = (text.with_name(text.name + suffix) for suffix in (".br", ".gz"))
        assert gzip.decompress(zipped.read_bytes()) == text.read_bytes(), text.name
        assert brotli.stat().st_size < zipped.stat().st_size < text.stat().st_size, text.name
    assert any(text.stat().st_size > 200_000 for text in texts), "the entry chunk is among them"


@pytest.mark.slow
def test_every_page_keeps_to_its_budget() -> None:
    told = subprocess.run(
        [str(NODE), "scripts/budget.ts"], cwd=CONSOLE, capture_output=True, text=True, timeout=120, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
