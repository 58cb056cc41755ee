# What a person types; each target sets up what it needs. `make` alone lists them.
BIN := .venv/bin
PYTHON_FILES := workflow tests tools $(wildcard benchmarks)
SNAKE_FILES := $(wildcard Snakefile workflow/rules)

.PHONY: help report test test-all reproduce lint format lock setup setup-python setup-browser data clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-13s %s\n", $$1, $$2}' Makefile

report: setup data ## set up, then build every study in config/config.yaml
	@$(BIN)/wavedeck build

test: setup setup-browser data lint ## linters, types, and all tests that are quick
	@$(BIN)/pytest -n 2 --dist worksteal

test-all: setup setup-browser data lint ## the same, with the slow tests
	@$(BIN)/pytest -n 2 --dist worksteal -m "slow or not slow"

reproduce: STUDY ?= kleine-keten
reproduce: setup data ## build twice in two folders and compare every byte; STUDY="one other" for other studies
	@$(BIN)/python tools/reproduce.py $(STUDY)

lint: setup-python ## linters, formatters and types, changing nothing
	@$(BIN)/ruff check $(PYTHON_FILES)
	@$(BIN)/ruff format --check $(PYTHON_FILES)
	@$(if $(SNAKE_FILES),$(BIN)/snakefmt --check $(SNAKE_FILES))
	@$(BIN)/mypy

format: setup-python ## let the formatters change the files
	@$(BIN)/ruff check --fix $(PYTHON_FILES)
	@$(BIN)/ruff format $(PYTHON_FILES)
	@$(if $(SNAKE_FILES),$(BIN)/snakefmt $(SNAKE_FILES))

lock: ## pin all packages again, with hashes, after a change of pyproject.toml
	@tools/lock.sh

setup: ## Python packages, LibreOffice Impress, fonts
	@tools/setup.sh

setup-python: ## the Python packages alone
	@tools/setup.sh python

setup-browser: ## Chromium, for the tests that open pages
	@tools/setup.sh browser

data: ## copy raw files out of the folder WAVEDECK_DATA, when it is set
	@tools/data.sh

clean: ## remove what was built; raw data and the set-up stay
	@rm -rf reports data/processed logs .snakemake .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find workflow tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
