# Every target does its own set-up; nothing but python3 (with venv), git and make is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .bench-venv
PYWB := .pywb-venv
DATASET := .dataset-venv
BROWSER := .browser-tools
S3 := .s3-venv
ARCHIVE ?= archive.db
PORT ?= 8001
HOST ?= 127.0.0.1
DUMPS ?= dist
BASE ?= /
# Processes that tests run in; most wait for processes of their own, and one file's stay together.
TESTS ?= 2
SAMPLES := demo/samples.warc.gz
KEPT := demo/kho-web.warc.gz
DEMO_PORTALS := yen_bai vinh_phuc ha_noi
DESK := --template-dir publish/templates --plugins-dir publish/plugins --static desk:publish/static
REPLAY = -s REPLAY_WARC=$(SAMPLES) -s ARCHIVE_DB=$(ARCHIVE)

.PHONY: demo archive serve serve-public audit test test-long bench lint lock pywb dataset browser-tools s3 clean

demo: archive serve

archive: $(VENV)/.installed
	@mkdir -p demo
	@$(BIN)/python -m samples warc $(SAMPLES)
	@$(BIN)/python -m samples guard $(ARCHIVE)
	@set -e; for portal in $(DEMO_PORTALS); do \
		$(BIN)/scrapy crawl $$portal $(REPLAY); \
	done
	@test -e $(KEPT) || $(BIN)/python -m samples kept $(KEPT)
	@$(BIN)/scrapy rescue cao_bang_nukeviet --source $(KEPT) -s ARCHIVE_DB=$(ARCHIVE)

serve: $(VENV)/.installed
	@echo "Datasette: http://127.0.0.1:$(PORT)/  (Ctrl-C: dừng / stop)"
	@$(BIN)/datasette $(ARCHIVE) -m metadata.yml $(DESK) --setting num_sql_threads 2 --host 127.0.0.1 --port $(PORT)

# The newest published dump for the open web: docs/publishing.md gives the reason for each setting.
PUBLIC = default_allow_sql=off sql_time_limit_ms=1000 max_returned_rows=200 default_page_size=50 \
	num_sql_threads=2 allow_facet=off suggest_facets=off allow_csv_stream=off max_csv_mb=20 \
	allow_download=off truncate_cells_html=400 default_cache_ttl=300 base_url=$(BASE)

serve-public: $(VENV)/.installed
	@test -e $(DUMPS)/archive.db || { echo "$(DUMPS)/archive.db: chưa có, hãy chạy scrapy publish |" \
		"nothing is published there yet: run scrapy publish --out $(DUMPS)" >&2; exit 1; }
	@echo "Datasette: http://$(HOST):$(PORT)/  (Ctrl-C: dừng / stop)"
	@KHCN_DUMPS=$(DUMPS) $(BIN)/datasette -i $(DUMPS)/archive.db -m metadata.yml $(DESK) \
		$(foreach pair,$(PUBLIC),--setting $(subst =, ,$(pair))) --host $(HOST) --port $(PORT)

# With their sums in requirements-browser.lock. Later versions of DuckDB-WASM fetch what reads Parquet from
# a host of theirs.
BROWSER_PACKAGES = replaywebpage@2.4.6 @duckdb/duckdb-wasm@1.28.0 apache-arrow@13.0.0 pyodide@314.0.7

audit:
	@.ci/audit

test: $(VENV)/.installed pywb dataset browser-tools s3
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not long" --numprocesses $(TESTS) --dist loadfile

test-long: $(VENV)/.installed pywb dataset browser-tools s3
	$(BIN)/python -m pytest --timeout 3600

# A web archive to backfill from; it wants a brotli of its own. Without it one test is skipped.
pywb:
	@$(MAKE) --no-print-directory $(PYWB)/.installed \
		|| echo "pywb could not be installed: the test against it is skipped"

# What others check a dump with, frictionless, wacz, datacite: they hold back packages of ours. Without them
# those tests are skipped; on CI they fail.
dataset:
	@$(MAKE) --no-print-directory $(DATASET)/.installed \
		|| echo "frictionless and wacz could not be installed: the tests with them are skipped"

# What reads a dump in others' browsers: ReplayWeb.page, DuckDB-WASM, Python. Likewise.
browser-tools:
	@$(MAKE) --no-print-directory $(BROWSER)/.installed \
		|| echo "npm packages could not be had: the tests of others' pages are skipped"

# An object store to keep shards in, moto's; it holds back python-dateutil. Without it those tests are skipped.
s3:
	@$(MAKE) --no-print-directory $(S3)/.installed \
		|| echo "moto could not be installed: the tests of a store over S3 are skipped"

# The peers live in an environment of their own; the desk is served from the project's.
bench: $(BENCH)/.installed $(VENV)/.installed
	$(BENCH)/bin/python -m bench

lint: $(VENV)/.installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mypy

# Hashes of everything that is installed; `make` installs what was tested.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --extra publish --extra cluster --extra dev pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --extra bench pyproject.toml -o requirements-bench.lock
	echo "pywb>=2.10,<3" | uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate - -o requirements-pywb.lock
	printf 'frictionless>=5.19,<6\nwacz>=0.6,<1\ndatacite>=1.3,<2\n' | uv pip compile --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate - \
		-o requirements-dataset.lock
	printf 'moto[s3]>=5.2,<6\nflask>=3.1,<4\nflask-cors>=6,<7\n' | uv pip compile --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate - -o requirements-s3.lock
	echo pip-audit | uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate - -o requirements-audit.lock

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

$(DATASET)/.installed: requirements-dataset.lock
	$(PYTHON) -m venv $(DATASET)
	$(DATASET)/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements-dataset.lock
	@touch $@

# Nothing of a package is run by npm, and its bytes are those that were tested.
$(BROWSER)/.installed: requirements-browser.lock
	@mkdir -p $(BROWSER)
	@cd $(BROWSER) && for package in $(BROWSER_PACKAGES); do \
		npm pack $$package --ignore-scripts --prefer-offline --fetch-retries 4 --loglevel error \
			>/dev/null 2>>npm.log || { cat npm.log >&2; exit 1; }; done \
		&& sha256sum --check --quiet ../requirements-browser.lock
	@cd $(BROWSER) && for packed in *.tgz; do mkdir -p $${packed%-[0-9]*} \
		&& tar -xzf $$packed --strip-components 1 -C $${packed%-[0-9]*} && rm $$packed || exit 1; done
	@touch $@

$(S3)/.installed: requirements-s3.lock
	$(PYTHON) -m venv $(S3)
	$(S3)/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements-s3.lock
	@touch $@

clean:
	rm -rf demo build .pytest_cache .ruff_cache .mypy_cache .hypothesis
