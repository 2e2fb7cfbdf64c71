# The first target that is asked for sets everything up in .venv from requirements.lock; later ones find it done.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
LEDGER := .venv/.ledger
# Two processes side by side, each with one thread for its matrices.
PYTEST := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist worksteal
PIP := $(BIN)/python -m pip install --disable-pip-version-check --no-input --no-compile --progress-bar off

# A test starts many processes: each reads what the first has compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup verify check test bench kernel book print lint lock clean

help:  ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## Make .venv with everything that is needed.

# Collecting the tests compiles what they import, once: of the two processes of `make test` each would compile it all.
$(READY): requirements.lock pyproject.toml
	@$(call have-python)
	@echo "Setting up .venv with $(PYTHON) (once; some minutes)"
	@$(PYTHON) -m venv $(if $(wildcard $(LEDGER)),,--clear) .venv
	@$(call install,requirements.lock)
	@$(BIN)/python -m pytest --collect-only --quiet >/dev/null || true
	@rm -f $(LEDGER)
	@touch $(READY)

$(LEDGER): requirements-ledger.lock pyproject.toml
	@$(call have-python)
	@echo "Setting up .venv with $(PYTHON) for the proofs alone (once; half a minute)"
	@$(PYTHON) -m venv --clear .venv
	@$(call install,requirements-ledger.lock)
	@touch $(LEDGER)

have-python = test -n "$(PYTHON)" || { echo "make: no Python 3.11 or later with venv was found; install one, or say make PYTHON=/path/to/python3" >&2; exit 2; }
install = { $(PIP) --require-hashes -r $(1) && $(PIP) --no-deps --no-build-isolation --editable . || echo FAILED; } | { \
		while read -r word rest; do case $$word in \
			Collecting) count=$$((count + 1)); printf '\r%d packages fetched' $$count;; \
			Installing) printf '\r%d packages fetched, installing' $$count;; \
			FAILED) exit 1;; \
		esac; done; echo; }

verify: $(or $(wildcard $(READY)),$(LEDGER))  ## Check every proof anew and print the ledger.
	@$(BIN)/sharpness verify --fresh

check: lint  ## Check style and types, and run the tests that are not marked slow.
	@$(PYTEST) -m 'not slow' --durations=5 --durations-min=1

test: $(READY)  ## Run all the tests; HYPOTHESIS_SEED=N reproduces a run.
	@$(PYTEST) $(if $(HYPOTHESIS_SEED),--hypothesis-seed=$(HYPOTHESIS_SEED))

bench: $(READY)  ## Measure the speed; PEERS=DIR builds programs there and measures them too; STUDIES=yes, PROOFS=yes, LARGE=yes [IMAGES=DIR], NETWORKS=DATA; OUT=FILE.
	@$(if $(PEERS),$(MAKE) --silent --no-print-directory -C '$(PEERS)')
	@$(BIN)/python -m numerics.benchmarks $(if $(PEERS),--peers '$(PEERS)') $(if $(STUDIES),--studies) $(if $(PROOFS),--proofs) $(if $(LARGE),--large) \
		$(if $(IMAGES),--images '$(IMAGES)') $(if $(NETWORKS),--networks '$(NETWORKS)') $(if $(OUT),--out '$(OUT)')

kernel: $(READY)  ## Compile the Coq proofs and print what each assumes (needs coq and libcoq-coquelicot).
	@$(BIN)/python -m proofs_check.kernel.assumptions

book: $(READY)  ## Build the book, book/_build/html/index.html; every cell is run, no network is needed.
	@$(BIN)/python -m book.rendering.building

print: book  ## Write the book as one PDF, book/_build/book.pdf (needs chromium).
	@PYTHONPATH=. $(BIN)/python -m book.rendering.printing

lint: $(READY)  ## Check style and types.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

lock:  ## Resolve the dependencies anew and write requirements.lock (needs uv).
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --group ledger --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --quiet --constraints requirements.lock --output-file requirements-ledger.lock

clean:  ## Remove .venv and what the tools leave behind.
	rm -rf .venv book/_build .mypy_cache .pytest_cache .ruff_cache .hypothesis
