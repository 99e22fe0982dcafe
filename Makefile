# The front door of the project. Everything below needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test check bench soak sounds docs schema clean

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(BIN)/prehab: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -e '.[dev]'
	@touch $@

run: $(BIN)/prehab ## Start the app
	$(BIN)/prehab

test: $(BIN)/prehab ## Run the tests on one Python
	$(BIN)/pytest

check: ## Everything that CI does: lint, types, layers, tests on the oldest and the newest Python
	$(PYTHON) tools/check.py

bench: $(BIN)/prehab ## Measure start-up, CPU, bytes, memory, cue timing and scale
	$(BIN)/python -m bench

soak: $(BIN)/prehab ## Long random runs: keys, kills, figures
	$(BIN)/pytest -m soak

sounds: $(BIN)/prehab ## Make the cue sounds again
	$(BIN)/python sounds/make_sounds.py

docs: $(BIN)/prehab ## Write the pages of docs/ that come out of the code again
	$(BIN)/python -m tools.docs

schema: $(BIN)/prehab ## Write routines/routine.schema.json again
	$(BIN)/prehab schema > routines/routine.schema.json

clean: ## Remove what was built
	rm -rf $(VENV) .venvs dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
