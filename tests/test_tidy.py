"""The house in order: what no lint of the shelf keeps.

Each test names the file and says what to do instead. Nothing here needs a server.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from meterlog.installation import SERVICES
from tests.kit.source import GENERATED, ROOT, SOURCES, TESTS, files, named, place, tree

SELF: Final = Path(__file__).name
LINES_MAX: Final = 400


# -- rooms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_same_rooms(service: str) -> None:
    """A service is its wiring and a folder for each aggregate; until then, one room of each kind."""
    if (ROOT / "services" / service / "service.py").exists():
        found = {folder.name for folder in (ROOT / "services" / service).iterdir() if (folder / "messages.py").exists()}
        assert service == "reporting" or found, f"services/{service} has no aggregate with messages.py"
        return
    rooms = {"README.md", "tables.sql", "app", "api", "projection", "events", "commands", "domain", "reactions"}
    if service == "reporting":
        rooms -= {"events", "commands", "domain", "reactions"}  # it decides nothing
    there = {entry.name.removesuffix(".py") for entry in (ROOT / "services" / service).iterdir()}
    assert rooms <= there, f"services/{service} misses {sorted(rooms - there)}"


@pytest.mark.parametrize(
    ("service", "plug_ins"),
    [
        ("usage", "formats"),
        ("rating", "pricing"),
        ("rating", "aggregations"),
        ("invoicing", "documents"),
        ("invoicing", "taxes"),
        ("payments", "gateways"),
        ("reporting", "reports"),
    ],
)
def test_every_plug_in_folder_is_there(service: str, plug_ins: str) -> None:
    assert (ROOT / "services" / service / plug_ins / "__init__.py").exists()


def test_no_file_is_called_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "misc", "common", "stuff"}
    found = [place(file) for file in files() if file.stem in vague]
    assert not found, f"name the file after what it tells: {found}"


def test_a_file_tells_one_thing() -> None:
    long = [
        f"{place(file)} ({lines})"
        for file in files()
        if file.suffix in (".py", ".sql", ".ts", ".tsx", ".css")
        and file.name not in GENERATED
        and (lines := file.read_text().count("\n")) > LINES_MAX
    ]
    assert not long, f"over {LINES_MAX} lines, look for the second thing in it: {long}"


FUNCTION_LINES_MAX: Final = 40
LONGER: Final = {"Counting.count": 51, "admit": 90}
"""Hot ones, where a call for each record costs more than it tells. A number here only ever gets smaller, and goes."""


def functions(node: ast.AST, within: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{within}{child.name}", child
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from functions(child, f"{within}{child.name}.")


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its own: functions inside it, as the handlers of a router, count for themselves."""
    inside = sum(lines_of(inner) for _, inner in functions(function))
    return (function.end_lineno or 0) - function.lineno + 1 - inside


def test_a_function_reads_at_one_height() -> None:
    sizes = [
        (name, lines_of(function), place(file, function.lineno))
        for file in SOURCES
        for name, function in functions(tree(file))
    ]
    long = {name: (lines, at) for name, lines, at in sizes if lines > FUNCTION_LINES_MAX}
    assert {name: lines for name, (lines, _) in long.items()} == LONGER, (
        f"over {FUNCTION_LINES_MAX} lines; say its steps by name, or take it off the list: {long}"
    )


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        place(file)
        for file in (*SOURCES, *TESTS, *named(".py", "docs"))
        if file.read_text().strip() and not ast.get_docstring(tree(file))
    ]
    assert not silent, f"open it with its purpose and an example: {silent}"


def test_every_test_module_can_be_found_by_pytest() -> None:
    """`test_x` outside a file named so would never run."""
    lost = [
        place(file, node.lineno)
        for file in TESTS
        if not file.name.startswith("test_")
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]
    assert not lost, f"put it into a test_*.py: {lost}"


# -- habits of code --------------------------------------------------------------------------------------------------


def handlers() -> Iterator[tuple[Path, ast.ExceptHandler]]:
    for file in (*SOURCES, *TESTS):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ExceptHandler):
                yield file, node


def test_nothing_is_swallowed() -> None:
    broad = {None, "Exception", "BaseException"}
    found = [
        place(file, node.lineno)
        for file, node in handlers()
        if node.type is None
        or (ast.unparse(node.type) in broad and all(isinstance(part, ast.Pass | ast.Continue) for part in node.body))
    ]
    assert not found, f"name the error and what becomes of it: {found}"


_IO: Final = re.compile(
    r"(argon2|asyncio|asyncpg|aiokafka|fastapi|faststream|httpx|psutil|starlette|structlog|time"
    r"|shared\.(engine|http|embedded))(\.|$)"
)


def does_io(file: Path) -> bool:
    """Whether it imports what does; what messages, states and deciders may import is in pyproject.toml."""
    return any(
        _IO.match(name)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    )


@cache
def pure() -> list[Path]:
    """Asked for by a test, and not when tests are looked for: reading them all takes seconds."""
    return [file for file in named(".py", "shared/kernel", "services") if not does_io(file)]


_CLOCKS_AND_CHANCE: Final = re.compile(
    r"(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|monotonic|perf_counter)|uuid\.uuid[14]|os\.urandom"
    r"|random\.\w+|secrets\.\w+)"
)


def test_a_file_that_does_no_io_has_no_clock_and_no_chance() -> None:
    found = [
        f"{place(file, node.lineno)} {ast.unparse(node)}"
        for file in pure()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and _CLOCKS_AND_CHANCE.fullmatch(ast.unparse(node))
    ]
    assert not found, f"`now` and new ids arrive with the input: {found}"


# JSON has floats, which are looked for to be refused; how long a guess at a password is remembered is no money, nor is
# how long a receiver of webhooks is left alone.
_OTHER_FLOATS: Final = (
    *("shared/kernel/json_keys.py", "services/reporting/identity/attempts.py"),
    "services/reporting/webhook/schedule.py",
)


def test_no_float_comes_near_money_r1() -> None:
    found = [
        place(file, node.lineno)
        for file in pure()
        if place(file) not in _OTHER_FLOATS
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]
    assert not found, f"use Decimal, or an integer with its scale: {found}"


def test_consumers_and_producers_come_from_the_one_factory() -> None:
    """It makes them read_committed and leaves nothing to `auto_offset_reset`; equipment is played from outside."""
    factory, outside = ROOT / "shared/engine/log.py", ("meterlog/demo", "meterlog/cli/agent.py", "bench")
    found = [
        place(file, node.lineno)
        for file in SOURCES
        if file != factory and not str(file.relative_to(ROOT)).startswith(outside)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("AIOKafkaConsumer", "AIOKafkaProducer")
    ]
    assert not found, f"ask shared/engine/log.py for it: {found}"


def test_settings_are_read_in_one_place() -> None:
    """`os.environ` elsewhere is only for handing a whole environment to a child process."""
    found = [
        place(file, node.lineno)
        for file in named(".py", "services")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    ]
    assert not found, f"take it from shared/engine/settings.py: {found}"


# -- words that do not belong in a product ---------------------------------------------------------------------------

_MACHINE: Final = re.compile(
    r"(pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.org|repo1?\.maven|index-url\s*=|--index-url [^\\]"
    r"|(?<![\w.])/(work|root|home/[a-z])/)"
)
_LATER: Final = re.compile(r"\b(TODO|FIXME|HACK)\b")
_ELSEWHERE: Final = re.compile(r"\((see )?(DESIGN|RULES|STYLE|PLAN)\b|\b(DESIGN|PLAN|STYLE) \d|API section \d|API\.md")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (_MACHINE, "no registry host and no path of a machine"),
        (_LATER, "do it, or refuse it as unsupported"),
        (_ELSEWHERE, "cite a page of docs/"),
    ],
    ids=["no machine", "nothing left for later", "no page that is not here"],
)
def test_files_speak_of_the_product_alone(words: re.Pattern[str], why: str) -> None:
    found = [
        place(file, number)
        for file in files()
        if file.name != SELF
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if words.search(line)
    ]
    assert not found, f"{why}: {found}"


# -- documentation ---------------------------------------------------------------------------------------------------

PAGES: Final = named(".md")
_LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_FENCE: Final = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """GitHub's names of the headings of a page."""
    text = _FENCE.sub("", page.read_text())
    titles = re.findall(r"^#+ +(.*?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=place)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(_FENCE.sub("", page.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{place(page)} links to {link}"
        if anchor:
            assert anchor in anchors(target), f"{place(page)} links to {link}"


def test_every_page_of_docs_is_reachable_from_the_readme() -> None:
    seen, pending = {ROOT / "README.md"}, [ROOT / "README.md"]
    while pending:
        page = pending.pop()
        for link in _LINK.findall(_FENCE.sub("", page.read_text())):
            target = (page.parent / link.partition("#")[0]).resolve()
            # A link to a folder shows all of it.
            linked = list(target.glob("*.md")) if target.is_dir() else [target]
            fresh = [file for file in linked if file.suffix == ".md" and file.exists() and file not in seen]
            seen.update(fresh)
            pending += fresh
    lost = [place(page) for page in PAGES if page.is_relative_to(ROOT / "docs") and page not in seen]
    assert not lost


@pytest.mark.parametrize("page", ["docs/rules.md", "docs/guarantees.md"])
def test_rules_and_promises_name_tests_that_exist(page: str) -> None:
    claimed = set(re.findall(r"`(test_\w+)`", (ROOT / page).read_text()))
    there = {
        node.name
        for file in TESTS
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert claimed and not claimed - there, f"{page} names {sorted(claimed - there)}"


def test_every_rule_that_code_cites_is_explained_as_kept() -> None:
    kept, _, later = (ROOT / "docs/rules.md").read_text().partition("## Not in this version")
    explained = set(re.findall(r"^\| (R\d+) \|", kept, re.MULTILINE))
    cited = {
        rule
        for file in SOURCES
        for rule in re.findall(r"\((R\d+)(?:, R\d+)*\)", file.read_text())
        if rule not in re.findall(r"R\d+", later)
    }
    assert cited <= explained, f"docs/rules.md says nothing of {sorted(cited - explained)}"


def test_the_settings_page_lists_every_setting() -> None:
    parts = [tree(ROOT / f"shared/engine/{name}.py") for name in ("settings", "sign_in_settings")]
    classes = [node for part in parts for node in part.body if isinstance(node, ast.ClassDef)]
    wanted = set()
    for node in (field for one in classes if one.name.endswith("Settings") for field in one.body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if node.target.id in ("service_urls", "database_dsns"):
                continue
            alias = re.search(r"validation_alias='(\w+)'", ast.unparse(node.annotation))
            wanted.add(alias[1] if alias else f"METERLOG_{node.target.id.upper()}")
    wanted |= {f"METERLOG_{service.upper()}_URL" for service in SERVICES}
    wanted |= {f"METERLOG_{database.upper()}_POSTGRES_DSN" for database in (*SERVICES, "vault")}
    page = (ROOT / "docs/operations.md").read_text().partition("<!-- settings -->")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| (`.*?) \|", page, re.MULTILINE)) and wanted == {
        name for cell in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)
    }


def test_the_metrics_page_lists_every_metric() -> None:
    code = set(re.findall(r'"(meterlog_\w+)"', (ROOT / "shared/engine/telemetry.py").read_text()))
    page = (ROOT / "docs/operations.md").read_text().partition("<!-- metrics -->")[2].partition("\n## ")[0]
    assert code == set(re.findall(r"^\| `(meterlog_\w+)` \|", page, re.MULTILINE))


def test_the_changelog_has_its_form() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    releases = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert text.startswith("# Changelog\n") and releases[0] == "[Unreleased]"
    for release in releases[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", release), release
    sections = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert sections <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_decisions_are_numbered_without_a_gap_and_say_what_and_why() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text()
        assert text.startswith(f"# {int(page.name[:4])}. "), place(page)
        assert "**Decision.**" in text and "**Why.**" in text, place(page)
