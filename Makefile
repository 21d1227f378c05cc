# make run    sets everything up and starts the demo on one port
# make test   sets everything up and runs everything that must pass: lint, types, layers, tests
# make check  the fast part of it
# make bench  load and export figures beside plain comparators, with ratios

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
JOBS ?= 2

.PHONY: run test check lint types layers tests format bench lock revision clean

run: $(VENV)/installed
	@exec $(BIN)/recado up --demo

test: lint types layers tests

check: $(VENV)/installed-dev lint types layers
	$(BIN)/python -m pytest -n $(JOBS) -m "not service and not browser and not slow"

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

layers: $(VENV)/installed-dev
	$(BIN)/lint-imports

tests: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n $(JOBS) -m "not serial"
	$(BIN)/python -m pytest -m serial

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/installed-dev
	$(BIN)/python -m bench

lock: $(VENV)/installed-dev
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --quiet --python-version 3.11 -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header --quiet --python-version 3.11 -o requirements-dev.lock

revision: $(VENV)/installed-dev
	$(BIN)/python -m recado.migrations.schema $(BRANCH) "$(MESSAGE)" $(NUMBER)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Recado needs Python 3.11 or newer: set PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Installing (a minute or two the first time)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/bin/python requirements-dev.lock pyproject.toml
	@echo "Installing for development"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps -e .
	@touch $@ $(VENV)/installed
