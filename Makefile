# Every target sets up what it needs: Python 3.11 or later with venv, and make, are enough.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Material prints a notice about its own future and MkDocs 2 with every command. The manual says
# what it is about (docs/getting-started.md); a build log is not the place to read it daily.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.PHONY: site serve test check format rule-pages layout bench bench-large fuzz package vscode hooks getting-started clean
.DEFAULT_GOAL := site

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

site: $(READY)  ## check guides/ and build the site into site/
	$(BIN)/balise check
	$(BIN)/mkdocs build --strict  # not --quiet: that hides warnings from --strict as well
	@echo "The site is in site/: open it with '$(BIN)/python -m http.server --directory site'"

serve: $(READY)  ## show the site at http://127.0.0.1:8000/ and reload it when a page changes
	$(BIN)/mkdocs serve --livereload

test: $(READY)  ## run all tests
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(READY)  ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)  ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

rule-pages: $(READY)  ## make the heads of docs/rules/ anew from the classes
	$(BIN)/python -m tests.scripts.rule_pages

layout: $(READY)  ## make the layers and trees in CONTRIBUTING.md and docs/architecture.md anew
	$(BIN)/python -m tests.scripts.layout

bench: $(READY)  ## measure; see CONTRIBUTING.md
	$(BIN)/python -m tests.scripts.bench

bench-large: $(READY)  ## measure with 50,000 pages; see CONTRIBUTING.md
	$(BIN)/python -m tests.scripts.bench_large

fuzz: $(READY)  ## try nasty inputs for SECONDS, 60 by default; see CONTRIBUTING.md
	$(BIN)/python -m tests.scripts.fuzz

vscode:  ## make the extension for Visual Studio Code, where npm is there and gets its packages
	plugins/vscode/package.sh

hooks: $(READY)  ## try the hooks for pre-commit, as it runs them
	$(BIN)/python -m tests.scripts.try_hooks

package: $(READY)  ## make a release into dist/ and try it in an empty environment
	$(BIN)/python -m tests.scripts.release

getting-started: $(READY)  ## do all that docs/getting-started.md says, in an empty folder
	$(BIN)/python -m tests.scripts.getting_started

clean:
	rm -rf $(VENV) site dist
