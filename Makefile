# `make` lists the targets. Each sets up what it needs: nothing has to be started or installed beforehand but Python.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
FUZZ_VENV := .venv-fuzz
FUZZ_READY := $(FUZZ_VENV)/.ready
BENCH_VENV := .venv-bench
BENCH_READY := $(BENCH_VENV)/.ready
# Node and npm, of a package where the machine has none.
NODE_VENV := .venv-node
NPM := $(shell command -v npm || echo $(CURDIR)/$(NODE_VENV)/bin/npm)
PACKAGES := frontend/node_modules/.package-lock.json
BUILT := src/fieldops_http/pages/static/built
PAGES := $(BUILT)/.ready

PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
LOCKED := --require-hashes --only-binary=:all: --requirement
COMPILE := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links
PYTEST := $(BIN)/python -m pytest
PARALLEL := --numprocesses $(WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup demo test check lint types unit contract http bench bite fuzz proof docs screenshots fmt lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) $(PAGES) ## Make .venv with everything that the lock names, and build the pages' scripts

demo: $(READY) $(PAGES) ## Serve a made-up company of three offices with three months of visits (ARGS="--size small": days)
	$(BIN)/fieldops demo $(ARGS)

test: $(READY) $(PAGES) ## Run all tests but the long ones (ARGS="-k booking" and the like are handed on)
	$(PYTEST) $(PARALLEL) tests $(ARGS)

check: lint types test ## Lint, types and tests: what has to pass before a change lands

lint: $(READY) ## Look for bad habits, formatting, and imports through the walls
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types: $(READY) $(PAGES) ## Check the types, strictly
	$(BIN)/mypy $(wildcard src tests tools examples benchmarks)
	cd frontend && $(NPM) run --silent types

unit: $(READY) ## Run the tests of the core alone
	$(PYTEST) tests/unit $(ARGS)

contract: $(READY) ## Run each port's suite for every adapter
	$(PYTEST) $(PARALLEL) tests/contract $(ARGS)

http: $(READY) $(PAGES) ## Run the tests of the HTTP shell
	$(PYTEST) $(PARALLEL) tests/http $(ARGS)

bench: $(READY) $(PAGES) $(BENCH_READY) ## Measure speed against peers and limits (ARGS="fitting growth" measures these alone)
	$(BIN)/python benchmarks/run.py $(ARGS)

bite: $(READY) $(PAGES) ## Prove that tests bite: switch off each business rule in turn; a test that names it must fail
	$(BIN)/python -m tools.bite $(ARGS)

fuzz: $(READY) $(FUZZ_READY) ## Send about 1,000 made-up requests to a served demo; none may answer 500
	$(BIN)/python -m tools.fuzz $(ARGS)

proof: $(READY) $(PAGES) $(FUZZ_READY) ## The long runs: tests marked `proof`, every property at length, bite and fuzz
	FIELDOPS_HYPOTHESIS=proof $(PYTEST) $(PARALLEL) --timeout 1800 -m proof tests || [ $$? -eq 5 ] # 5: none is marked
	FIELDOPS_HYPOTHESIS=long $(PYTEST) $(PARALLEL) --timeout 1800 -m "hypothesis and not proof" tests
	$(BIN)/python -m tools.bite
	$(BIN)/python -m tools.fuzz

docs: $(READY) ## Write the rule tables of docs/domain from the code
	$(BIN)/python -m tools.docs

screenshots: $(READY) $(PAGES) ## Draw the pages that docs/ shows, in Chromium (ARGS="--out FOLDER": every page, light, dark and phone)
	$(BIN)/python -m tools.screenshots $(ARGS)

fmt: $(READY) ## Format the code and mend what can be mended by itself
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lock: $(READY) ## Make the lock files anew (ARGS=--upgrade takes newer releases)
	$(COMPILE) $(ARGS) --extra all --group dev pyproject.toml --output-file requirements.lock
	$(COMPILE) $(ARGS) --group fuzz --output-file requirements-fuzz.lock
	$(COMPILE) $(ARGS) --group bench --output-file requirements-bench.lock
	$(COMPILE) $(ARGS) --group node --output-file requirements-node.lock
	cd frontend && $(NPM) install --package-lock-only

clean: ## Remove what these targets made
	rm -rf $(VENV) $(FUZZ_VENV) $(BENCH_VENV) $(NODE_VENV) frontend/node_modules frontend/src/schema.d.ts $(BUILT) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("fieldops needs Python 3.11 or later: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(PIP_INSTALL) $(LOCKED) requirements.lock
	$(BIN)/python $(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(FUZZ_READY): requirements-fuzz.lock
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("fieldops needs Python 3.11 or later: make PYTHON=...")'
	$(PYTHON) -m venv $(FUZZ_VENV)
	$(FUZZ_VENV)/bin/python $(PIP_INSTALL) $(LOCKED) requirements-fuzz.lock
	@touch $@

$(BENCH_READY): requirements-bench.lock
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("fieldops needs Python 3.11 or later: make PYTHON=...")'
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python $(PIP_INSTALL) $(LOCKED) requirements-bench.lock
	@touch $@

$(PAGES): $(PACKAGES) docs/openapi.json frontend/build.mjs $(shell find frontend/src -name '*.ts' -o -name '*.css')
	cd frontend && PATH="$(dir $(NPM)):$$PATH" $(NPM) run --silent build
	@touch $@

$(PACKAGES): frontend/package-lock.json
	@test -x "$(NPM)" || $(MAKE) --no-print-directory $(NODE_VENV)/.ready
	cd frontend && PATH="$(dir $(NPM)):$$PATH" $(NPM) ci --silent

$(NODE_VENV)/.ready: requirements-node.lock
	$(PYTHON) -m venv $(NODE_VENV)
	$(NODE_VENV)/bin/python $(PIP_INSTALL) $(LOCKED) requirements-node.lock
	@touch $@
