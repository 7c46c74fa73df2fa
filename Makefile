# Every target does its own set-up; nothing but python3 (with venv), git and make is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .bench-venv
PYWB := .pywb-venv
ARCHIVE ?= archive.db
PORT ?= 8001
SAMPLES := demo/samples.warc.gz
DEMO_PORTALS := yen_bai vinh_phuc ha_noi
DESK := --template-dir publish/templates --plugins-dir publish/plugins --static desk:publish/static
REPLAY = -s REPLAY_WARC=$(SAMPLES) -s ARCHIVE_DB=$(ARCHIVE)

.PHONY: demo archive serve test test-long bench lint lock pywb clean

demo: archive serve

archive: $(VENV)/.installed
	@mkdir -p demo
	@$(BIN)/python -m samples warc $(SAMPLES)
	@$(BIN)/python -m samples guard $(ARCHIVE)
	@set -e; for portal in $(DEMO_PORTALS); do \
		$(BIN)/scrapy crawl $$portal $(REPLAY); \
	done

serve: $(VENV)/.installed
	@echo "Datasette: http://127.0.0.1:$(PORT)/  (Ctrl-C: dừng / stop)"
	@$(BIN)/datasette $(ARCHIVE) -m metadata.yml $(DESK) --host 127.0.0.1 --port $(PORT)

test: $(VENV)/.installed pywb
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -m "not long"

test-long: $(VENV)/.installed pywb
	$(BIN)/python -m pytest --timeout 3600

# A web archive to backfill from; it wants a brotli of its own. Without it one test is skipped.
pywb:
	@$(MAKE) --no-print-directory $(PYWB)/.installed \
		|| echo "pywb could not be installed: the test against it is skipped"

# The peers live in an environment of their own.
bench: $(BENCH)/.installed
	$(BENCH)/bin/python -m bench

lint: $(VENV)/.installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Hashes of everything that is installed; `make` installs what was tested.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --extra publish --extra dev pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --extra bench pyproject.toml -o requirements-bench.lock
	echo "pywb>=2.10,<3" | uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate - -o requirements-pywb.lock

$(VENV)/.installed: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements.lock
	@touch $@

$(BENCH)/.installed: requirements-bench.lock
	$(PYTHON) -m venv $(BENCH)
	@# The lock is complete; pip 23's resolver trips over lxml[html-clean] named twice.
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--require-hashes -r requirements-bench.lock
	@touch $@

$(PYWB)/.installed: requirements-pywb.lock
	$(PYTHON) -m venv $(PYWB)
	$(PYWB)/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements-pywb.lock
	@touch $@

clean:
	rm -rf demo build .pytest_cache .ruff_cache .hypothesis
