# Two commands do everything: `make demo` and `make test`. Each sets up what it needs in .venv first.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# Many tests wait for a lease or a message: half as many processes again as there are cores.
UNIT := $(BIN)/pytest -n $$($(BIN)/python -c 'import os; print(os.cpu_count() * 3 // 2 or 1)') --dist loadgroup --no-loadscope-reorder
# A run starts hundreds of processes: modules are compiled once for all, also if the caller switched that off.
export PYTHONDONTWRITEBYTECODE :=
# Imported once at set-up, so that the first run finds their bytecode.
HEAVY := runtime.local.program.run components.pacs.pacs_api components.processing_api runtime.local.cloud runtime.local.program.in_process clients.cli.main clients.cli.commands.demo clients.cli.commands.up \
  runtime.worker.worker runtime.pacs.app algorithms.builtin ministack.app hypercorn.asyncio scipy.ndimage skimage.filters SimpleITK cv2 \
  pytest xdist.remote hypothesis.strategies jsonschema openapi_spec_validator pydicom.data \
  $(addprefix ministack.services.,alb apigateway cloudwatch_logs dynamodb ec2 ecr ecs iam lambda_svc s3 scheduler sns sqs sts)

# Tests that start no cloud and no container; in one process, as starting two costs more than they save.
PURE := tests/algorithms tests/collection tests/imaging tests/runtime/contracts tests/runtime/dicom \
  tests/runtime/handlers/job/result/test_deliveries.py \
  $(addprefix tests/runtime/worker/,jobs test_log.py test_settings.py child/test_check.py child/files/test_encode.py child/files/test_metaimage.py)
# Python files that are not committed, and those of the last commit: pyright's time grows with what they import.
CHANGED = $$(git diff --name-only --diff-filter=d HEAD~1 -- '*.py' 2>/dev/null; git ls-files --others --exclude-standard -- '*.py')

.PHONY: help setup demo test again quick lint types imports unit docs golden web page browser examples screenshots bench-page cli generators bench bench-pacs bench-algorithms check-collection check-engine gallery matrix files fuzz simulate fairness hanging chaos images sbom audit lock clean
.DEFAULT_GOAL := help

help:  ## List the targets.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(READY)  ## Make .venv with the locked versions.

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.13 ..." >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv >&2 || { echo "This Python cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the locked packages into .venv ..." >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock >&2
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock >&2
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e . >&2
	@$(BIN)/python -W ignore -c 'import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]' $(HEAVY)
	@touch $(READY)

demo: $(READY)  ## Process a real MR series on an embedded cloud (JSON=1 prints one JSON object).
	@$(BIN)/imaging demo $(if $(JSON),--json)

ifdef T
test: $(READY)
	$(BIN)/pytest $(T)
else
test: lint imports  ## Lint, types, import rules and all tests (T=tests/... runs these tests alone).
	$(BIN)/pyright & types=$$!; $(UNIT) || { wait $$types; exit 1; }; wait $$types
endif

again: lint imports types  ## Run the tests that failed in the last run once more, one after another, until one fails.
	$(BIN)/pytest --exitfirst --last-failed --last-failed-no-failures none

quick: lint imports  ## Check what is being written in under 30 s: lint, import rules, tests that need no cloud, types of changed files.
	files="$(CHANGED)"; if [ -n "$$files" ]; then $(BIN)/pyright $$files; fi & types=$$!; \
	  $(BIN)/pytest --hypothesis-profile=quick $(PURE) || { wait $$types; exit 1; }; wait $$types

lint: $(READY)
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/pyright

imports: $(READY)
	$(BIN)/lint-imports
	cd collection/src && $(CURDIR)/$(BIN)/lint-imports --config ../pyproject.toml

unit: $(READY)
	$(UNIT)

docs: $(READY)  ## Build the documentation site into build/site; a broken link or a missing page fails.
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

golden: $(READY)  ## Write anew what the engine's previews are compared with.
	IMAGING_GOLDEN=write $(BIN)/pytest tests/engine/test_preview.py

web: clients/web/node_modules/.package-lock.json  ## Lint, types, unit tests and size of the web page (needs Node).
	cd clients/web && npm run --silent check

page: clients/web/node_modules/.package-lock.json  ## Build the web page, which `pulumi up` deploys (needs Node).
	cd clients/web && npm run --silent build

browser: $(READY) clients/web/node_modules/.package-lock.json  ## Drive the web page in Chromium against a running system.
	cd clients/web && npm run --silent build && npm run --silent e2e

examples: $(READY) clients/web/node_modules/.package-lock.json  ## Try the example plugins in Chromium: form, job and result of each, with pictures in out/screenshots.
	cd clients/web && npm run --silent build && npm run --silent examples

screenshots: $(READY) clients/web/node_modules/.package-lock.json  ## Take pictures of every state of the page at five widths in build/screenshots, with axe on each (half an hour; ONLY=viewer,jobs for some).
	cd clients/web && npm run --silent build && npm run --silent screenshots

clients/web/node_modules/.package-lock.json: clients/web/package-lock.json
	cd clients/web && npm ci --no-audit --no-fund --loglevel=error

cli: $(READY)  ## Build the Pulumi CLI that the tests of the engine drive, unless one is on PATH (needs Go).
	@$(BIN)/python -c 'from tests.engine.cli import pulumi; pulumi()'

generators: tests/system/generated/node_modules/.package-lock.json  ## Install orval and openapi-typescript, whose clients the tests then try, too (needs Node).

# The last ones that run on Node 20. They read this project's own document alone: `make audit` leaves them out.
tests/system/generated/node_modules/.package-lock.json: tests/system/generated/package-lock.json
	cd tests/system/generated && npm ci --no-audit --no-fund --loglevel=error

bench-page: $(READY) clients/web/node_modules/.package-lock.json  ## Print how quickly the page answers in Chromium, NiiVue beside it if it is installed in build/peer.
	@cd clients/web && npm run --silent build >/dev/null && npm run --silent speed

bench: $(READY)  ## Print what bench/ measures, interleaved in one run.
	@$(BIN)/python -m bench

bench-pacs: $(READY)  ## Print how many times as fast as Debian's Orthanc the PACS API answers (needs apt-get install orthanc orthanc-gdcm).
	@$(BIN)/python -m bench.pacs $(ARGS)

bench-algorithms: $(READY)  ## Print the libraries that could compute an algorithm side by side; fail if the choice is a slower one (Linux).
	@PYTHONPATH=collection/src $(BIN)/python -m bench.algorithms

check-collection: $(READY)  ## Run the rules of `imaging check` over every algorithm of the collection (make test: over six).
	COLLECTION_CHECK=all $(BIN)/pytest tests/runtime/authoring/checks/test_collection.py

check-engine: $(READY)  ## Run all tests on the real engine, also those that make test leaves to whoever changes the clients' topics (needs Go).
	ENGINE_CHECK=all $(BIN)/pytest tests/engine

gallery: $(READY)  ## Write docs/gallery.md and its pictures: what each algorithm makes of the sample series.
	@PYTHONPATH=collection/src $(BIN)/python -m bench.gallery

matrix: $(READY)  ## Write docs/dicom-matrix.md: every transfer syntax by every class of images, against a second decoder.
	@$(BIN)/python -m bench.matrix

files: $(READY)  ## Write docs/dicom-files.md: every test file through every route of the PACS API and the worker.
	IMAGING_GOLDEN=write $(BIN)/pytest tests/fuzz/test_every_file.py

fuzz: $(READY)  ## Damage real files and calls of the PACS API at random, FUZZ_EXAMPLES times (1000) for each test.
	FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-1000} $(BIN)/pytest tests/fuzz

fairness: $(READY)  ## Print how long a single job takes alone, and while another client has 2,000 jobs waiting.
	@$(BIN)/python -m bench.fairness

hanging: $(READY)  ## Print how long a client's job and its callback take while another client's receiver answers, or hangs.
	@$(BIN)/python -m bench.hanging $(ARGS)

chaos: $(READY)  ## Run 2,000 jobs while workers are killed and AWS fails, twice, then on Celery; print what came of them (up to 80 minutes; ARGS="--share 0.05" for less).
	@$(BIN)/python -m bench.chaos $(ARGS)

simulate: $(READY)  ## Print what the scaling policy makes clients wait and tasks cost, simulated.
	@$(BIN)/python -m bench.simulation

images: $(READY)  ## Build the container images without Docker and run jobs and previews through them (Debian, as root; THOROUGH=1 builds again and compares).
	@for tool in buildah debootstrap unshare; do command -v $$tool >/dev/null || { echo "make images needs $$tool; on Debian: apt-get install buildah crun debootstrap" >&2; exit 1; }; done
	IMAGING_IMAGES=$(if $(THOROUGH),thorough,1) timeout 30m $(BIN)/pytest -s tests/images

sbom: $(READY)  ## Write what each image, the functions' zip and the page are made of into build/sbom, with licences.
	@$(BIN)/python -m runtime.containers.sbom build/sbom

audit: $(READY)  ## Look both lock files and the page's up for known vulnerabilities (asks PyPI and npm).
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.lock -r requirements-uv.lock
	cd clients/web && npm audit

lock: $(READY)  ## Resolve pyproject.toml into the lock files again.
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra local --group dev pyproject.toml -o requirements.lock
	echo 'uv==0.13.9' | $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header - -o requirements-uv.lock
	{ printf '# What `pulumi install` puts into .venv: the program, and what it needs in the versions of requirements.lock.\n-e .\n'; \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate \
	    -c requirements.lock --extra deploy pyproject.toml; } > requirements.txt

clean:  ## Remove what setup, demo and test made.
	rm -rf .venv build out .imaging
