"""Every code of a refusal is explained on one page, and the page explains no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from shared.http.problems import FRAMEWORK
from shared.kernel.bodies import FIELD_CODES, code_of
from shared.kernel.errors import NOT_FOUND_CODES
from tests.kit.source import ROOT, SOURCES, place, tree

# Who takes a code, and at which place; a keyword or a parameter is called `code` everywhere.
TAKES: Final = {
    **{"NotProvable": 0, "Rejection": 0, "Unavailable": 0, "JobFailed": 0, "PydanticCustomError": 0},
    **{"_refuse": 1, "Problem": 2},
}
OF_TYPES: Final = ("decimal_string", "currency", "country")
COMPUTED: Final = {*FIELD_CODES, *NOT_FOUND_CODES, *(code for code, _ in FRAMEWORK.values())}


def codes_in(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args, keywords=keywords):
            yield from (keyword.value for keyword in keywords if keyword.arg == "code")
            if name in TAKES and len(args) > TAKES[name]:
                yield args[TAKES[name]]
        case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id="code"), *_])], value=ast.Tuple(elts=[code, *_])):
            yield code
        case ast.AnnAssign(target=ast.Name(id="code"), value=ast.Constant() as code):
            yield code
        case ast.arguments(kwonlyargs=names, kw_defaults=defaults):
            yield from (value for name, value in zip(names, defaults, strict=True) if name.arg == "code" and value)


def texts(code: ast.expr) -> Iterator[str]:
    """What the expression can be; a code that is only passed on was given elsewhere."""
    match code:
        case ast.Constant(value=str() as text) if text.isidentifier():
            yield text
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from texts(part)
        case ast.IfExp(body=one, orelse=other):
            yield from texts(one)
            yield from texts(other)


def used() -> dict[str, str]:
    """Each code with a place where it is given."""
    found = dict.fromkeys(COMPUTED, "shared/kernel")
    for file in SOURCES:
        for node in ast.walk(tree(file)):
            for code in codes_in(node):
                found |= {text: place(file, code.lineno) for text in texts(code)}
    # What a type calls a mistake is told by the code it stands for.
    return {
        code_of(code) if code in ("decimal_string", "currency", "country") else code: at for code, at in found.items()
    }


def explained() -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/errors.md").read_text(), re.MULTILINE)


def test_every_code_of_a_refusal_is_explained() -> None:
    missing = {code: at for code, at in used().items() if code not in explained()}
    assert not missing, f"say in docs/errors.md what they mean: {missing}"


def test_no_code_is_explained_that_nothing_gives_and_none_twice() -> None:
    assert not set(explained()) - set(used())
    assert len(explained()) == len(set(explained()))
