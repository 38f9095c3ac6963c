# The commands of this project; `make` alone lists them. CI runs `make test` and `make check`.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test check tools lint format bench lock clean

run := .venv/bin/python -m
JOBS ?= 2

help: ## List the commands.
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

demo: ## Render a real example to the screen; needs nothing but Python 3.11 or later.
	@tools/environment.sh runtime
	@.venv/bin/k8sgen render examples/production/service.yaml --env production

test: ## Run the tests, in about six minutes; what needs missing tools is counted aloud.
	@tools/environment.sh dev
	$(run) pytest -n $(JOBS)

check: tools lint ## Prove everything: linters, all tests with all tools, packaging, large searches. Skips only what this machine cannot have, aloud.
	.venv/bin/python benchmarks/render.py --smoke
	.venv/bin/python benchmarks/write_tree.py --services 20 --rounds 1
	.venv/bin/python benchmarks/chart.py --smoke
	.venv/bin/python benchmarks/lint.py --smoke
	.venv/bin/k8sgen lint examples
	K8SGEN_ALL_TOOLS=1 K8SGEN_HYPOTHESIS=large $(run) pytest -n $(JOBS)

tools: ## Build the pinned tools and the control plane into the cache; needs Go 1.26.
	@tools/environment.sh dev
	@.venv/bin/python tools/build.py

lint: ## Check formatting, style, types and layers.
	@tools/environment.sh dev
	$(run) ruff format --check .
	$(run) ruff check .
	$(run) mypy
	.venv/bin/lint-imports

format: ## Format the code and mend what can be mended.
	@tools/environment.sh dev
	$(run) ruff format .
	$(run) ruff check --fix .

bench: ## Time k8sgen against its yardsticks, as ratios.
	@tools/environment.sh dev
	.venv/bin/python benchmarks/render.py
	.venv/bin/python benchmarks/write_tree.py
	.venv/bin/python benchmarks/chart.py
	.venv/bin/python benchmarks/lint.py

lock: ## Choose newer versions of all packages and pin them with their hashes.
	@tools/environment.sh dev
	.venv/bin/python tools/lock.py

clean: ## Remove what the commands above left in the checkout; the tools' cache stays.
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
