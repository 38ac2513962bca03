# Two commands do everything on a fresh machine with Python 3.11+ and a C compiler: `make check` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXAMPLE ?= examples/device-startup.yaml
ON ?= 2023-06-30
# durable-rules 2.0.28 names a symbol that Python 3.13 dropped; this maps it to its replacement (docs/decisions/durable-rules.md).
DURABLE_FLAGS := CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject

.PHONY: check test lint mutate bench campaign coverage golden policies clean help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(DURABLE_FLAGS) $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-binary durable-rules durable-rules==2.0.28
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

check: $(READY) ## set up, then check an invented company that wins
	$(BIN)/eligibility check $(EXAMPLE) --on $(ON)

test: $(READY) ## set up, then run the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(READY) ## ruff, mypy strict, and the lint of the rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/eligibility rules lint --strict

mutate: $(READY) ## change each figure of the rules by itself: does a case notice?
	$(BIN)/eligibility rules mutate --jobs 2

bench: $(READY) ## print the ratios of docs/performance.md
	$(BIN)/python bench/engine.py
	$(BIN)/python bench/process.py
	$(BIN)/python bench/near.py

coverage: $(READY) ## run the tests and report the branches they reach
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

campaign: $(READY) ## try every law on twenty times as many cases
	CAMPAIGN=20 $(BIN)/python -m pytest -n 2 tests/property tests/differential

golden: $(READY) ## record the whole outputs anew; read the diff before you commit it
	$(BIN)/python -m pytest tests/golden --record -q

policies: $(READY) ## draw docs/policies.md anew from the rules
	$(BIN)/eligibility rules list --format md > docs/policies.md.new
	mv docs/policies.md.new docs/policies.md

clean: ## remove what the other targets made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache dist build
