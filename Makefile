# Five doors: setup, weekly, test, check, accuracy. `make help` lists all.
PYTHON ?= python3
BIN := .venv/bin
# Slow tests start servers and kill processes: they run one after the other.
SIDE_BY_SIDE := -n auto --dist loadfile
.DEFAULT_GOAL := help

.PHONY: help setup setup-dev weekly test test-all check format accuracy lock clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/bin/python:
	$(PYTHON) -m venv .venv

# The lock is complete, so nothing is resolved: --no-deps also keeps old pips from stumbling over extras.
.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/.runtime ## A venv in .venv with the pinned libraries and the `commitments` command
setup-dev: .venv/.dev ## The same with what tests and linters need

weekly: setup ## The main job on the embedded newsroom: collect, extract, load, report
	$(BIN)/commitments weekly --sample

test: setup-dev ## The fast tests (under three minutes)
	$(BIN)/python -m pytest -m "not slow" $(SIDE_BY_SIDE)

test-all: setup-dev ## All tests, the slow ones too
	$(BIN)/python -m pytest -m "not slow" $(SIDE_BY_SIDE)
	$(BIN)/python -m pytest -m slow

check: setup-dev ## Linters: ruff, mypy strict, sqlfluff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar sql

format: setup-dev ## Format Python and SQL
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar --quiet sql

accuracy: setup-dev ## Score the extractor against the annotated releases, where they are present
	$(BIN)/python -m flows.stages.accuracy

lock: ## Resolve the pins anew (needs uv)
	uv pip compile pyproject.toml --extra setup --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra setup --extra dev --extra dask --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -c requirements.lock -o requirements-dev.lock

clean: ## Remove caches (never data)
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find flows warehouse tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
