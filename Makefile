# Two commands on a fresh machine: `make site` and `make test`. Each sets up what it needs in .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
NU := .venv/node/node_modules/vnu-jar/build/dist/vnu.jar

.PHONY: site test lint bench bench-labels bench-stories preview clean

site: $(READY) ## the example newspaper, into output/
	@$(BIN)/digest build

test: $(READY) $(NU) ## every test
	$(BIN)/pytest -n auto

lint: $(READY) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

preview: $(READY) ## the example newspaper, with every save seen at once
	$(BIN)/digest serve --open

bench: $(READY) ## figures of the build
	$(BIN)/python -m benchmarks.build $(N)

clean: ## everything that the commands above made
	rm -rf .venv .digest output/* .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "digest needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# The Nu HTML checker, where npm is there to fetch it; the tests that need it say so when it is not.
$(NU):
	@if command -v npm >/dev/null; then npm install --silent --no-audit --no-fund --no-save --prefix .venv/node vnu-jar@26.9.27; fi
