# make chat    set everything up, ingest the sample library, open the chat
# make test    set everything up, check the code, run every test
# make quick   of these the tests that need neither the language model nor a browser nor long, on all cores
# make lint    check the code only
# make audit   write an SBOM (sbom.json), ask for known weaknesses of the packages
# make lock    write requirements.lock: what the server image installs, each file with its hashes
# make clean   remove the environment and the tools' caches; the library and the models stay

VENV := .venv
BIN := $(VENV)/bin
LIBRARY := $(or $(DATELINE_LIBRARY),library)
PORT := 8501
MODELS := all-minilm-l6-v2 en-core-web-sm en-core-web-sm-ner qwen2.5-coder-1.5b
SAMPLE := $(shell find sample -type f)
ALONE := llm or browser or slow
# Without a display there is no browser to open.
HEADLESS := $(if $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname))),false,true)

.PHONY: chat test quick lint audit lock models clean
.DELETE_ON_ERROR:

chat: $(VENV)/installed models $(LIBRARY)/.sample
	@echo "Dateline is at http://localhost:$(PORT) in a moment; Ctrl-C ends it."
	@$(BIN)/streamlit run app.py --server.port $(PORT) --server.headless $(HEADLESS)

test: quick
	$(BIN)/pytest -m "$(ALONE)" --durations=10

# A file's tests stay in one process: they share its library. Those of ALONE share one language model, which
# takes all cores, so they follow one by one.
quick: lint models
	$(BIN)/pytest -m "not ($(ALONE))" -n auto --dist loadfile

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The tools stand in an environment of their own: what is audited has only its own packages.
audit: $(VENV)/installed-dev
	@test -x $(VENV)/audit/bin/pip-audit || { $(BIN)/python -m venv $(VENV)/audit && \
		$(VENV)/audit/bin/pip install --disable-pip-version-check -q 'cyclonedx-bom>=7.5,<8' 'pip-audit>=2.10,<3'; }
	$(VENV)/audit/bin/cyclonedx-py environment $(BIN)/python --output-reproducible -o sbom.json
	@PATH=$(VENV)/audit/bin:$$PATH .ci/audit

# From the package index alone, whatever packages and settings lie on this machine, for every kind of it.
lock: $(BIN)/python
	@test -x $(VENV)/lock/bin/uv || { $(BIN)/python -m venv $(VENV)/lock && \
		$(VENV)/lock/bin/pip install --disable-pip-version-check -q 'uv>=0.13,<0.14'; }
	$(VENV)/lock/bin/uv pip compile --quiet --no-config --no-header --no-annotate --generate-hashes --universal \
		--python-version 3.12 -c constraints.txt --extra serve --extra team pyproject.toml -o requirements.lock

models: $(VENV)/installed
	@for model in $(MODELS); do $(BIN)/python -m qa models pull $$model || exit; done

$(LIBRARY)/.sample: $(SAMPLE) | $(VENV)/installed models
	$(BIN)/python -m ingest sample --library $(LIBRARY)
	@touch $@

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Dateline's packages into $(VENV) (some minutes, once)."
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt $(VENV)/installed
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[dev]'
	@touch $@

# The first of these that is 3.11 to 3.13; `make PYTHON=... chat` names another.
PYTHON := python3 python3.13 python3.12 python3.11
$(BIN)/python:
	@for python in $(PYTHON); do \
		if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
			echo "Making the environment $(VENV) with $$($$python --version)."; \
			exec $$python -m venv $(VENV); \
		fi; \
	done; \
	echo "Dateline needs Python 3.11, 3.12 or 3.13, and none of these is: $(PYTHON)." \
		"Install one, or name it: make chat PYTHON=/path/to/python3.12" >&2; exit 1

clean:
	rm -rf $(VENV) *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
