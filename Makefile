# Two commands do everything on a fresh machine: `make demo` and `make test`.
# `make check` is what CI runs besides; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= demo
BENCH_SCALE ?= 1
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
FAST := not slow and not cluster and not browser
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile
TESTED := src tests benchmarks
SHELL_APP := src/atalaia/desk/shell

.DEFAULT_GOAL := help
.PHONY: help demo test check format types layers tests docs bench lock messages assets clean

help: ## List the commands.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/installed-build: requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Atalaia needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 3; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make environments here; on Debian: apt install python3-venv"; exit 3; }
	@echo "Installing Atalaia's environment (once)…"
	@$(PIP) --require-hashes --requirement requirements/build.txt
	@touch $@

# Each set holds the one before it; everything is pinned by hash.
$(VENV)/installed-%: requirements/%.txt pyproject.toml $(VENV)/installed-build
	@$(PIP) --require-hashes --no-build-isolation --requirement requirements/$*.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(VENV)/installed-run ## Set up, simulate a month of LIVE, run the day, serve the desk until Ctrl-C.
	@$(BIN)/atalaia --data $(DATA) demo
	@$(BIN)/atalaia --data $(DATA) serve

test: $(VENV)/installed-test ## The fast tests; no system package needed.
	@$(BIN)/python -m pytest -q $(PARALLEL) -m "$(FAST)"

check: $(VENV)/installed-check format types layers tests docs ## All that CI asks for.
	@$(MAKE) --no-print-directory bench BENCH_SCALE=0.05 RESULTS=build/benchmarks

format: $(VENV)/installed-check ## Layout and lint.
	@$(BIN)/ruff format --check $(TESTED)
	@$(BIN)/ruff check $(TESTED)

types: $(VENV)/installed-check ## mypy, strict.
	@$(BIN)/mypy

layers: $(VENV)/installed-check ## Who may import whom.
	@$(BIN)/lint-imports

tests: $(VENV)/installed-check ## What `make test` leaves: slow, cluster, browser, PostgreSQL.
	@$(BIN)/python -m pytest -q $(PARALLEL) -m "not ($(FAST))"
	@ATALAIA_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q -m "$(FAST)" tests/desk

docs: $(VENV)/installed-check ## Fail where the generated reference is stale.
	@$(BIN)/python docs/reference/generate.py --check

bench: $(VENV)/installed-check ## Benchmarks, side by side; results as tables and JSON.
	@$(BIN)/python -m benchmarks --scale $(BENCH_SCALE) \
	  --results $(or $(RESULTS),benchmarks/results)

lock: $(VENV)/installed-check ## Pin the requirements anew.
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh requirements/lock.sh

messages: $(VENV)/installed-check ## Bring the message catalogues up to the source.
	@$(BIN)/python tests/documents/messages.py

assets: ## Build the desk's style sheet and icons; needs npm.
	@rm -rf build/assets/built && mkdir -p build/assets/built
	@cp $(SHELL_APP)/assets/* build/assets
	@cd build/assets && npm install --silent --no-package-lock --ignore-scripts
	@cd build/assets && npm run --silent build
	@cp build/assets/built/* $(SHELL_APP)/static/shell

clean: ## Remove the environment and the demo.
	@rm -rf $(VENV) $(DATA) build
