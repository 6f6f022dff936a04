# The doors of this project. Each sets up what it needs on a fresh machine, then does its work.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test bench lock texts shots voice format venv chromium clean

PYTHON ?= python3
BIN := .venv/bin

help: ## list the doors
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: venv ## try it: one server on this computer, its branch in ./var
	@exec $(BIN)/denluot demo $(ARGS)

test: venv chromium ## every check, browser tests included
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m tools.texts check
	@$(BIN)/pytest

bench: venv chromium ## measure it; see docs/benchmarks.md
	@$(BIN)/python -m benchmarks

lock: venv ## write requirements.lock anew from pyproject.toml
	@tools/lock.sh

texts: venv ## compile the text catalogues (.po to .mo)
	@$(BIN)/python -m tools.texts compile

shots: venv chromium ## take the screenshots in docs/ anew
	@$(BIN)/python -m tools.shots

voice: venv ## make the spoken clips anew; needs espeak-ng and lame
	@$(BIN)/python -m tools.voice

format: venv ## lay out the code and mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

venv: .venv/installed

chromium:
	@tools/chromium.sh

.venv/dependencies: requirements.lock tools/venv.sh
	@tools/venv.sh "$(PYTHON)"
	@touch $@

# The project itself brings no dependency of its own: the lock has them all, each with its hash.
.venv/installed: .venv/dependencies pyproject.toml
	@$(BIN)/python -m pip install --quiet --quiet --no-deps --no-build-isolation --editable .
	@touch $@

clean: ## remove what the doors made, but never ./var
	@rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
