# Meterlog: everything a newcomer needs, on a machine with Python 3.11 or later and make.
#
#   make demo                       a seeded operator with three months of life, in one command
#   make demo ARGS="--exit --json"  the same, as one JSON object on stdout
#   make test                       every test, on real Kafka and Postgres
#   make test WORKERS=0 ARGS="-k x" some of them, in this process
#   make check                      lint, types, import contracts, domain tests; no servers, under a minute
#
# The environment (.venv) is made on first use from requirements.lock, which pins every package by hash. What is said
# while it is made goes to stderr, so stdout carries a command's own output and nothing else.

PYTHON ?= python3
BIN := .venv/bin
# Processes that test side by side, each with servers of its own (1.5 GB). With a third one of the same kind on two cores,
# takeovers waited for a processor for longer than the tests' patience: those beyond the cores run what can wait, in the
# gaps, and what does little but wait (tests/kit/scheduling.py). Tests without servers leave none.
test: WORKERS ?= 4
domain: WORKERS ?= 2
PYTEST = $(BIN)/pytest -n $(WORKERS) --no-loadscope-reorder
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix console
CONSOLE_SOURCES = $(shell find console -type d \( -name node_modules -o -name dist -o -name test-results \) -prune -o -type f -print 2>/dev/null)

# uv of this machine, or one of our own.
UV := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
export UV_PYTHON_DOWNLOADS := never
# Images for containers often set it. Every process of the product would compile its code anew, a quarter of its start.
unexport PYTHONDONTWRITEBYTECODE

.SILENT:
.DELETE_ON_ERROR:
.PHONY: help demo up test check lint types imports domain console lighthouse pictures fmt lock clean

help:
	sed -n 's/^#  *\(make .*\)/\1/p' Makefile

demo: .venv/stamp console
	exec $(BIN)/meterlog demo $(ARGS)

up: .venv/stamp console
	exec $(BIN)/meterlog up $(ARGS)

test: .venv/stamp console
	$(PYTEST) $(ARGS)

check: lint types imports domain

lint: .venv/stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/stamp
	$(BIN)/mypy

imports: .venv/stamp
	$(BIN)/lint-imports

domain: .venv/stamp
	$(PYTEST) -q -m "not servers and not slow" $(ARGS)

fmt: .venv/stamp
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

console: console/dist/.stamp

# Every page of the console on a desk, a score each; it misses where one is below the goal. ARGS="--base-url … --password …" for a demo.
lighthouse: .venv/stamp console
	$(NPM) run -s lighthouse -- $(ARGS)

# The pictures of docs/console.md, taken by the test that clicks its steps, and the page itself.
pictures: .venv/stamp console
	CONSOLE_PICTURES="$(CURDIR)/docs/images" $(BIN)/pytest -n 0 -q tests/console/test_month.py
	$(NPM) run -s click-path

# The lock names no index, so it is the same wherever it is made.
lock: $(UV)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --group dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .uv console/node_modules console/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/stamp: requirements.lock pyproject.toml | $(UV)
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Meterlog needs Python 3.11 or later, and $(PYTHON) is " + sys.version.split()[0] + "; name another with: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || { echo "making .venv (once)" >&2; $(UV) venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv >&2; }
	$(UV) pip sync --quiet --require-hashes --compile-bytecode --python $(BIN)/python requirements.lock >&2
	$(UV) pip install --quiet --no-deps --python $(BIN)/python --editable . >&2
	touch $@

.uv/bin/uv:
	echo "fetching uv (once)" >&2
	$(PYTHON) -m venv .uv >&2
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv >&2

# Node and npm come with the Python packages.
console/node_modules/.stamp: console/package-lock.json | .venv/stamp
	echo "fetching the console's packages (once)" >&2
	$(NPM) ci --no-audit --no-fund --loglevel=error >&2
	touch $@

console/dist/.stamp: console/node_modules/.stamp $(CONSOLE_SOURCES)
	echo "building the console" >&2
	$(NPM) run --silent build >&2
	touch $@
