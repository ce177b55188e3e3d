# make demo    validate a real district, then write a report on the invented one
# make test    every test, in two processes
# make check   lint, types, layers, drift of generated files, coverage
# make lock    write requirements.lock anew (UPGRADE=--upgrade for the newest versions)
# make clean   remove everything that can be made again

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
READY := $(VENV)/.ready
RUN := $(VENV)/bin/python -m
UV := uv==0.13.9
UPGRADE ?=

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYTHONUTF8 = 1

.PHONY: help demo test check lint types layers drift coverage venv lock clean

help:
	@sed -n '/^# make/s/^# //p' Makefile

demo: $(READY)
	@sh .ci/demo $(VENV)/bin/xqctl examples/chongming

test: $(READY)
	@rm -f .coverage .coverage.*
	$(RUN) pytest -n 2 --dist worksteal --cov --cov-report= --cov-fail-under=0

check: lint types layers drift coverage

lint: $(READY)
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: $(READY)
	$(RUN) mypy

layers: $(READY)
	$(VENV)/bin/lint-imports --no-logo

# Files that are generated from source and committed: each script rewrites its own, `--check` only compares.
drift: $(READY)
	@set -e; for script in $(wildcard .ci/docs.py .ci/messages.py); do \
	  echo "$$script --check"; $(VENV)/bin/python $$script --check; \
	done

# The tests run once: only when something is newer than what they measured do they run again.
coverage: $(READY)
	@if [ ! -f .coverage ] || find xqctl schemas examples tests -type f ! -name '*.pyc' -newer .coverage | grep -q .; \
	  then $(MAKE) --no-print-directory test; fi
	$(RUN) coverage report

venv: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("xqctl needs Python 3.11 or newer: make PYTHON=..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --require-hashes --requirement requirements.lock
	$(RUN) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet $(UV)
	build/lock/bin/uv pip compile pyproject.toml --quiet --no-config --system-certs --universal --python-version 3.11 \
	  --extra all --extra dev --generate-hashes --no-header --no-annotate $(UPGRADE) --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find xqctl tests .ci -name __pycache__ -type d -prune -exec rm -rf {} +
