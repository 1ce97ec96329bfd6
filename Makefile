# make run: the site on a demo territory. make test: everything that is checked.
# Needs make and Python 3.11 or later with its venv module (on Debian: apt-get install make python3-venv).

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python
LOCK := $(BIN)/uv pip compile --quiet --system-certs --python-version 3.11 --universal --generate-hashes \
	--no-header --no-annotate

# The identity provider that the tests speak with, by the npm of a Python wheel: the site itself needs no Node.
PROVIDER := tests/oidc/node_modules/.package-lock.json

export UNEPLACE_DEMO ?= 1

.PHONY: run test prove mutation audit reset lint format lock chromium shots
.DELETE_ON_ERROR:

run: .venv/.run
	@$(BIN)/uneplace serve

test: .venv/.dev chromium $(PROVIDER) lint
	$(BIN)/python -m pytest -n logical --dist worksteal

# The long figures: races, forgeries, broken files. They are kept by hand in docs/securite.md.
prove: .venv/.dev
	$(BIN)/python -m pytest -n logical --prove tests/proof

# The rules broken on purpose, one change at a time: how many do their tests let live? An hour or more; a name
# or a pattern of mutants goes in MUTANTS. The figure is kept by hand in docs/decisions/0012-moteur-de-regles.md.
mutation: .venv/.dev
	$(BIN)/mutmut run $(MUTANTS)
	$(BIN)/mutmut results

# What is known against our packages (asks PyPI; an advisory that cannot be read is a failure), and our own code.
audit: .venv/.dev
	$(BIN)/bandit --quiet --recursive uneplace config --severity-level medium --confidence-level medium
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements/run.txt

reset: .venv/.run
	@$(BIN)/uneplace reset

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive uneplace config --severity-level medium --confidence-level medium
	find uneplace -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --check --target-version 5.2

format: .venv/.dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	find uneplace -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2

# Pictures of the documentation, taken by the browser tests.
shots: .venv/.dev chromium
	SHOTS=$(CURDIR)/docs/images $(BIN)/python -m pytest -n logical tests/browser

# The exact packages, by their hashes and without any address. UPGRADE=1 takes the newest that pyproject.toml allows.
lock: $(BIN)/uv
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml requirements/build.in -o requirements/run.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml requirements/build.in --extra dev \
		-c requirements/run.txt -o requirements/dev.txt
	@! grep -nE '://|^--|^-' requirements/*.txt

chromium: .venv/.dev
	@if [ -n "$$CHROMIUM" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Debian's chromium for the browser tests."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -qq -y --no-install-recommends chromium >/dev/null; \
	else \
		$(BIN)/playwright install chromium || { \
			echo "The browser tests need chromium: install your system's, or name one in CHROMIUM."; exit 1; }; \
	fi

$(PROVIDER): tests/oidc/package-lock.json | .venv/.dev
	@cd tests/oidc && $(CURDIR)/$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(BIN)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Uneplace needs Python 3.11 or later.")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.run: requirements/run.txt pyproject.toml | $(BIN)/uv
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt requirements/run.txt pyproject.toml | $(BIN)/uv
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch .venv/.run $@
