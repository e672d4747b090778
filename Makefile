# `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help

ebb := .build/release/ebb
venv := .build/venv
sources := Package.swift Sources Tests Fuzz

.PHONY: help deps build demo test test-swift test-python bench fuzz format lint clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

deps: ## install what is missing (apt), fetch the page's drawing library (PyPI)
	@Scripts/install-dependencies
	@Scripts/fetch-web-assets

build: deps ## build ebb, release
	@echo "Building ebb" >&2
	@Scripts/build

demo: build ## made-up clients, then a study of them, into out/demo
	@Scripts/demo

test: build test-swift test-python ## everything: build, Swift tests, Python tests
	@echo "All tests passed." >&2

test-swift: deps
	@echo "Testing the rooms" >&2
	@swift test

# Reinstalled only when the list changes.
$(venv)/installed: Tests/Python/requirements.txt
	@echo "Preparing Python for the tests" >&2
	@python3 -m venv $(venv)
	@$(venv)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

test-python: build $(venv)/installed
	@echo "Testing the tool from outside" >&2
	@# A Spark of two executors waits more than it works: its tests run beside the others.
	@EBB=$(CURDIR)/$(ebb); export EBB; \
	$(venv)/bin/python -m pytest -q -p no:cacheprovider Tests/Python/test_warehouse_spark.py > .build/spark-tests.log 2>&1 & spark=$$!; \
	$(venv)/bin/python -m pytest -q -p no:cacheprovider Tests/Python --ignore=Tests/Python/test_warehouse_spark.py; others=$$?; \
	wait $$spark; spark=$$?; cat .build/spark-tests.log; [ $$others -eq 0 ] && [ $$spark -eq 0 ]

bench: build ## time and memory against other tools
	@Scripts/bench

fuzz: deps ## feed the reader broken files for ten minutes (SECONDS=N for another time)
	@Scripts/fuzz $(SECONDS_OF_FUZZ)

SECONDS_OF_FUZZ = $(if $(filter command line,$(origin SECONDS)),$(SECONDS),600)

format: ## lay the sources out as .swift-format says
	@swift format --in-place --recursive --parallel $(sources)

lint: ## fail where format would change something
	@swift format lint --strict --recursive --parallel $(sources)

clean: ## remove all that was built
	@rm -rf .build out
