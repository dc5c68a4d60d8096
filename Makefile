# Every target makes what it needs in .venv; a second run finds it there.

PYTHON  ?= python3
WORKERS ?= 2
PYTEST  := .venv/bin/python -m pytest
RUN     := $(patsubst %,requirements/%.txt,build run server proof lsp graph paper)
INSTALL := .venv/bin/python -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test soak lint format bench docs lock wheelhouse clean
.SUFFIXES:
.DELETE_ON_ERROR:

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

demo: .venv/run.stamp .venv/browser.stamp .venv/words.stamp ## check the books, ask them questions, open the console (ARGS=--check)
	@bin/demo $(ARGS)

test: .venv/test.stamp .venv/browser.stamp .venv/words.stamp ## the test suite (WORKERS=2, ARGS="-k name")
	@$(PYTEST) -q -n $(WORKERS) $(ARGS)

soak: .venv/test.stamp .venv/browser.stamp .venv/words.stamp ## the long random tests
	@SOAK=1 $(PYTEST) -q -n $(WORKERS) -m soak $(ARGS)

lint: .venv/lint.stamp ## style, types, and which way imports point
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

format: .venv/lint.stamp ## put the code in the one style
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

bench: .venv/bench.stamp ## our speed beside our peers', as tables
	@.venv/bin/python -m bench.run $(ARGS)

docs: .venv/docs.stamp ## the documentation, into docs/_build
	@.venv/bin/python -m sphinx --quiet --fail-on-warning --keep-going -b html docs docs/_build
	@echo docs/_build/index.html

lock: ## write requirements/*.txt again (ARGS=--upgrade for newer releases)
	@PYTHON=$(PYTHON) bin/lock $(ARGS)

wheelhouse: .venv/browser.stamp .venv/words.stamp ## everything that a machine without a network needs, into wheelhouse/
	@$(PYTHON) -m pip download -qq --disable-pip-version-check --only-binary :all: --require-hashes --dest wheelhouse \
	  $(addprefix -r ,$(RUN))
	@.venv/bin/python -m pip wheel -qq --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir wheelhouse .
	@cp -r requirements books deploy wheelhouse/
	@echo wheelhouse: $$(ls wheelhouse/*.whl | wc -l) wheels

clean: ## forget everything that was made
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -rf build dist docs/_build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is older than its pins when they change, and only then is anything installed.
.venv/run.stamp: $(RUN) pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(INSTALL) --require-hashes $(addprefix -r ,$(RUN))
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# What the browser is given: made once, from packages pinned by hash.
.venv/browser.stamp: bin/browser requirements/browser.txt $(wildcard ministry/console/browser/*) .venv/run.stamp
	@bin/browser
	@touch $@

# What is said in other languages, as the server reads it.
.venv/words.stamp: bin/words $(wildcard ministry/words/locale/*/LC_MESSAGES/*.po) .venv/run.stamp
	@.venv/bin/python bin/words compile
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/run.stamp bin/machine
	@$(INSTALL) --require-hashes -r $<
	@bin/machine
	@touch $@

.venv/%.stamp: requirements/%.txt .venv/run.stamp
	@$(INSTALL) --require-hashes -r $<
	@touch $@
