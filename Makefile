# make run    sets everything up and starts the demo on one port
# make test   sets everything up and runs everything that must pass: lint, types, layers, tests
# make check  the fast part of it
# make bench  load, export and flow figures beside plain comparators, with ratios

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
JOBS ?= 2

CONSOLE := console/dist/index.html
CONSOLE_SOURCES := $(shell find console/src -type f -not -path '*/schemas/*' 2>/dev/null) console/index.html console/vite.config.ts
HAS_NODE := $(shell node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && echo yes)

.PHONY: run page test check lint types layers console tests format bench lock revision clean

run: $(VENV)/installed page
	@exec $(BIN)/recado up --demo

# the console, where Node can build it; everything else works without
page:
ifeq ($(HAS_NODE),yes)
	@$(MAKE) --no-print-directory $(CONSOLE)
else
	@echo "Without the console page: building it needs Node 20 or newer."
endif

test: lint types layers console tests

check: $(VENV)/installed-dev lint types layers console
	$(BIN)/python -m pytest -n $(JOBS) -m "not service and not browser and not slow"

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

layers: $(VENV)/installed-dev
	$(BIN)/lint-imports

# types, style and unit tests of the console; its tests in the browser are among `tests`
console: $(VENV)/installed-dev
ifeq ($(HAS_NODE),yes)
	@$(MAKE) --no-print-directory $(CONSOLE)
	cd console && npm run --silent types && npm run --silent lint && npm run --silent test
else
	@echo "NOT CHECKED: the console, as Node 20 or newer is missing."
	@test -z "$(REQUIRE_SERVICES)"
endif

tests: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n $(JOBS) -m "not serial"
	$(BIN)/python -m pytest -m serial

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/installed-dev
	$(BIN)/python -m bench
	$(BIN)/python -m bench.exports
	$(BIN)/python -m bench.flows

lock: $(VENV)/installed-dev
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --quiet --python-version 3.11 -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header --quiet --python-version 3.11 -o requirements-dev.lock

revision: $(VENV)/installed-dev
	$(BIN)/python -m recado.migrations.schema $(BRANCH) "$(MESSAGE)" $(NUMBER)

clean:
	rm -rf console/node_modules console/dist $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

console/node_modules/installed: console/package-lock.json
	@echo "Installing what the console is built from"
	@cd console && npm ci --silent --no-progress
	@touch $@

$(CONSOLE): console/node_modules/installed $(CONSOLE_SOURCES)
	@echo "Building the console"
	@cd console && npm run --silent build -- --logLevel warn

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
