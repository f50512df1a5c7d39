# Everything a newcomer needs: `make demo`, `make test`. The rest is for developers.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
WORKERS ?= auto
export QT_QPA_PLATFORM ?= offscreen
# Byte code is kept, as on an installed program: start-up is measured, and tests start many processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test check slow bench pictures lock fonts words clean

demo: $(VENV)/.run
	@$(PY) -m journeymap demo build/demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then env -u QT_QPA_PLATFORM $(PY) -m journeymap build/demo/*.journey; \
	else echo "There is no display here; the map is in build/demo. To open it elsewhere: journeymap build/demo/*.journey"; fi

test: $(VENV)/.dev
	$(PY) -m pytest -n $(WORKERS) -m "not slow" -q

slow: $(VENV)/.slow
	$(PY) -m pytest -n $(WORKERS) -m slow -q --timeout 1800

check: $(VENV)/.dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) scripts/check_sizes.py

bench: $(VENV)/.dev
	@$(PY) -m benchmarks

pictures: $(VENV)/.dev
	$(PY) scripts/pictures.py docs/pictures

# The lock: versions with hashes for every platform, no addresses. Needs uv (pip install uv).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" pyproject.toml --group build -o requirements/run.txt -q
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" pyproject.toml --group build --group dev -c requirements/run.txt -o requirements/dev.txt -q
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" pyproject.toml --group build --group dev --group slow -c requirements/dev.txt -o requirements/slow.txt -q

# resources/fonts and resources/icons.json, from the packages of the `fonts` group.
fonts: $(VENV)/.dev
	$(PY) -m pip install -q --group fonts
	$(PY) scripts/cut_fonts.py
	$(PY) scripts/cut_kerning.py

# resources/locale: gathers what the program says into the catalogue, and compiles what is translated.
words: $(VENV)/.dev
	$(PY) scripts/words.py

clean:
	rm -rf build dist $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml scripts/prepare.sh
	@bash scripts/prepare.sh $(VENV) run
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml scripts/prepare.sh
	@bash scripts/prepare.sh $(VENV) dev
	@touch $@ $(VENV)/.run

# PostgreSQL, Java and Spark beside it: the servers that the slow tests start themselves.
$(VENV)/.slow: $(VENV)/.dev requirements/slow.txt
	@bash scripts/prepare.sh $(VENV) slow
	@touch $@
