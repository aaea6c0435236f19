# The project's commands. `make` alone lists them; each does its own set-up.
# GNU make 3.81 (what macOS ships) is enough.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
SETUP := sh scripts/bootstrap.sh
# How many test processes: a number, or auto for one a processor.
TEST_WORKERS ?= auto
# Other words for pytest, without coverage: make test PYTEST_ARGS="tests/segments -k table"
PYTEST_ARGS ?= --cov --cov-report=term --cov-fail-under=94
# Which torch `make test-mt-upstream` takes; by itself pip takes one with CUDA on Linux.
TORCH ?= torch
export TORCH
# More words for the preview: make serve SERVE_ARGS="--locale so"
SERVE_ARGS ?=
# More words for that measurement: make bench-qa QA_ARGS="--languages so --details so"
QA_ARGS ?=
# More words for Lighthouse: make lighthouse LIGHTHOUSE_ARGS="--languages ti --rounds 1"
LIGHTHOUSE_ARGS ?=
# More words for the resolver: make lock LOCK_ARGS="--upgrade-package weasyprint"
LOCK_ARGS ?=
LOCK = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	--quiet $(LOCK_ARGS) pyproject.toml --group build

.PHONY: help site serve mt cluster test test-mt-upstream check format bench bench-qa docs walk lighthouse shadow pictures gallery lock licences sbom corpus setup setup-dev clean

help: ## List these commands
	@echo "Usage: make <command>"
	@echo
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile

site: setup ## Build the website and the leaflets into site/
	$(BIN)/pipeline build --no-standby

serve: setup ## Preview the website on this machine, rebuilt when a file is saved
	$(BIN)/pipeline serve $(SERVE_ARGS)

mt: ## Add machine drafts to .venv (Argos Translate, 350 MB more)
	@$(SETUP) mt

# What is compiled is kept, whatever the shell says: each of many processes would compile it again.
cluster: setup ## Add what builds on many machines to .venv (Dask, 37 MB more)
	@$(SETUP) cluster

test: setup-dev corpus ## Run all tests, with coverage
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(TEST_WORKERS) $(PYTEST_ARGS)

test-mt-upstream: ## Test machine drafts on upstream's own Argos Translate (1.5 GB; TORCH="torch==…")
	sh scripts/test_mt_upstream.sh

check: setup-dev ## Read the code: style, types, layers, the project's own rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/audit.py
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/project

format: setup-dev ## Put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What is measured is measured alone; benchmarks/edit.py asks for one itself.
bench bench-qa: export PIPELINE_STANDBY = 0
bench: corpus ## Measure speed and fidelity beside other tools (its own environment)
	$(SETUP) bench
	@set -e; for file in $$(ls benchmarks/*.py benchmarks/*/compare.py); do echo; echo "== $$file"; \
		.cache/bench-venv/bin/python "$$file"; done

docs: setup-dev ## Make the pages of the checks again from the checks
	$(BIN)/python scripts/make_check_pages.py

bench-qa: ## Measure the checks of translations on professional ones with errors put in
	$(SETUP) bench
	.cache/bench-venv/bin/python benchmarks/qa/measure.py $(QA_ARGS)

walk: setup-dev ## Open every kind of page of site/ in Chromium: axe, keyboard, zoom, policy
	$(BIN)/python scripts/walk_pages.py

lighthouse: setup-dev ## Ask Lighthouse about the leaflets of site/ on a slow phone
	$(BIN)/python scripts/lighthouse.py $(LIGHTHOUSE_ARGS)

shadow: setup-dev ## Build the pages of site/ again with Zensical and say what is missing
	$(BIN)/python scripts/shadow_zensical.py

pictures: setup-dev ## Make the pictures of the docs again from site/
	$(BIN)/python scripts/take_pictures.py

gallery: setup-dev ## Make docs/gallery.md and the looks that tests compare with again from site/
	$(BIN)/python scripts/make_gallery.py

lock: setup-dev ## Work out the lock files again from pyproject.toml (LOCK_ARGS=--upgrade: newest)
	$(LOCK) -o requirements.lock
	$(LOCK) --extra mt -o requirements-mt.lock
	$(LOCK) --extra cluster -o requirements-cluster.lock
	$(LOCK) --extra mt --extra cluster --group dev -o requirements-dev.lock
	$(LOCK) --extra mt --extra cluster --group bench -o requirements-bench.lock

licences: setup-dev ## List the licences of what is installed by default in the docs
	$(BIN)/python scripts/supply_chain.py licences

sbom: setup-dev ## Write a bill of materials (CycloneDX) of that to build/sbom.cdx.json
	$(BIN)/python scripts/supply_chain.py sbom

clean: ## Remove what was built; the environment stays (rm -rf .venv removes it)
	rm -rf site build .coverage .coverage.* .cache/pipeline .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache

setup:
	@$(SETUP) site

setup-dev:
	@$(SETUP) dev

# Other projects' Markdown, for the laws of the segmenter. Without a network the tests
# that need it say so and are skipped.
corpus: setup-dev
	@$(BIN)/python benchmarks/segments/fetch_corpus.py || \
		echo "Other projects' Markdown could not be fetched; the tests that read it will be skipped."
