# Everything a newcomer needs; `make` alone lists it. Needs make, git and Python 3.11 or newer; the rest is fetched.
BIN := .venv/bin
DEMO ?=
NAME ?=
# two files at a time, each process with servers of its own; a browser's loop must not be where others want theirs
ABREAST := $(BIN)/python -m pytest -q -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test lint bench samples screenshots agree lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: ## install the product into .venv, and Tesseract with Vietnamese where it is missing
	@scripts/setup.sh runtime

demo: setup ## start everything, submit the samples (or DEMO=folder), print what came out, stop
	@$(BIN)/motcua demo $(DEMO)

serve: setup ## start everything and keep it running; Ctrl-C stops it
	@$(BIN)/motcua serve

test: lint ## every check: lint, types, layers, then the tests from fast to real
	$(ABREAST) tests/unit tests/agreement
	$(ABREAST) tests/integration
	$(ABREAST) tests/browser
	$(ABREAST) tests/flow tests/faults

lint: ## format, lint, types, layers; changes nothing
	@scripts/setup.sh test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup ## run one measurement: make bench NAME=handover
	@$(BIN)/motcua bench $(NAME)

samples: ## draw the sample dossiers anew, the same for the same seed
	@scripts/setup.sh samples
	$(BIN)/python -m samples

screenshots: ## look at every page: pictures into docs/pages
	@scripts/setup.sh test
	$(BIN)/python -m tests.browser.screenshots

agree: ## write what deploy/ and docs/ repeat from the code: settings example, route
	$(BIN)/python -m tests.agreement.written

lock: ## pin the newest versions that pyproject.toml allows (needs uv)
	uv pip compile -q --upgrade --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
		--no-emit-find-links --all-extras pyproject.toml -o requirements.lock

clean: ## remove what was built; the data folder stays
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
