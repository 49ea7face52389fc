# Two commands on a fresh machine: `make site` and `make test`. Each sets up what it needs in .venv.
PYTHON ?= python3
UV := $(shell command -v uv)
LOCK := requirements.lock
BIN := .venv/bin
READY := .venv/.ready
NODE := .venv/node/.ready
LIGHTHOUSE := .venv/audit/.ready
NEWEST := .venv/newest
# uv where it is installed, else pip: $(call environment,FOLDER) and $(call install,INTERPRETER)
environment = $(if $(UV),$(UV) venv --quiet --seed --allow-existing --python $(PYTHON) $(1),$(PYTHON) -m venv $(1))
install = $(if $(UV),$(UV) pip install --quiet --python $(1),$(1) -m pip install -qq --disable-pip-version-check)

.PHONY: site test test-newest newest lock lint prove bench bench-labels bench-load bench-preview bench-stories matrix preview shots audit clean

site: $(READY) ## the example newspaper, into output/
	@$(BIN)/digest build
	@echo 'In this folder: make preview'

test: $(READY) $(NODE) ## every test
	$(BIN)/pytest -n auto

test-newest: newest $(NODE) ## every test on the newest releases that the ranges of pyproject.toml allow
	$(NEWEST)/bin/python -m pytest -n auto

newest: ## an environment in .venv/newest with those releases
	@$(call environment,$(NEWEST))
	@$(call install,$(NEWEST)/bin/python) --upgrade $(if $(UV),,--upgrade-strategy eager) --editable '.[dev]'

lock: ## write the newest releases that the ranges allow into the lock file
	@$(PYTHON) -m venv .venv/lock
	@.venv/lock/bin/python -m pip install -qq --disable-pip-version-check uv
	@.venv/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --extra dev \
		--custom-compile-command 'make lock' --output-file $(LOCK) pyproject.toml

lint: $(READY) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

prove: $(READY) ## N random scripts of edits and deaths (500), each held against clean builds
	$(BIN)/python -m tests.properties.prove $(N)

preview: $(READY) ## the example newspaper, with every save seen at once
	$(BIN)/digest serve --open

shots: $(READY) ## pictures of both themes, wide and narrow, light and dark, into shots/; open shots/index.html
	@$(BIN)/python -m tests.browser.shots

audit: $(READY) $(NODE) $(LIGHTHOUSE) ## every figure that the themes have to reach, in one table; needs Chromium, Java and Node
	@$(BIN)/python -m tests.browser.audit

matrix: $(READY) ## what each editor does when it saves, on real files: one change of one page
	@$(BIN)/pytest tests/preview/test_editors.py --verbose --no-header

bench-labels: $(READY) ## figures of labels; SETS is a folder of labelled sets
	$(BIN)/python -m benchmarks.labels $(SETS)

bench-stories: $(READY) ## figures of stories and of import; SETS is a folder of labelled sets, N the size of the archive
	$(BIN)/python -m benchmarks.stories $(SETS)
	$(BIN)/python -m benchmarks.imports $(N)

bench-preview: $(READY) ## from a save to the browser, in a site of N articles
	@$(BIN)/python -m benchmarks.preview $(N) $(WITH)

bench-load: $(READY) ## many browsers on one preview for ten minutes, while somebody saves twice a second; WITH="--seconds 20" for a quick look; needs wrk
	@$(BIN)/python -m benchmarks.load $(WITH)

bench: $(READY) ## figures of the build; N articles, WITH="--peers hugo --kinds plain" and the like
	$(BIN)/python -m benchmarks.build $(N) $(WITH)

clean: ## everything that the commands above made
	rm -rf .venv .digest output/* .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The lock file names every package with its hashes: the same commit installs the same packages in two years.
$(READY): pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "digest needs Python 3.11 or newer: make PYTHON=python3.12")'
	@$(call environment,.venv)
	@$(call install,$(BIN)/python) --require-hashes --requirement $(LOCK)
	@$(call install,$(BIN)/python) --no-deps --no-build-isolation --editable .
	@touch $@

# What checks pages: the Nu HTML checker, axe and linkinator, where npm is there to fetch them. Tests that need them say so when not.
$(NODE): Makefile
	@if command -v npm >/dev/null; then \
		npm install --silent --no-audit --no-fund --no-save --prefix .venv/node vnu-jar@26.9.27 axe-core@4.14.1 linkinator@7.6.1 && touch $@ \
		|| echo "npm could not fetch what checks pages: the tests that need it are skipped"; \
	fi

$(LIGHTHOUSE): Makefile
	npm install --silent --no-audit --no-fund --no-save --prefix .venv/audit lighthouse@12.8.2
	@touch $@
