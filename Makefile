# Portail CTG : tout ce qui se tape. « make help » l’explique.
ifndef PYTHON
PYTHON := $(shell for p in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
PORT ?= 8000
MANAGE := .venv/bin/python manage.py
export PYTHON

# What the portal is asked when it is about to serve a whole territory.
PRODUCTION := DEBUG=0 DEMO=0 READ_DOT_ENV=0 ALLOWED_HOSTS=ctg.exemple.fr DATABASE_URL=sqlite:///var/verification.sqlite3 \
	SECRET_KEY=verification-seulement-Zq8wN3vKp5xRt2LmYb7HcJd4GsFa6UeWi9Ox

.PHONY: help setup demo test check audit captures fmt bench python venv-base venv-dev
.DEFAULT_GOAL := help

help: ## affiche cette aide
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

python:
	@test -n "$(PYTHON)" || { echo "Il faut python3 en version 3.11 ou plus. Sous Debian ou Ubuntu : sudo apt-get install python3 python3-venv" >&2; exit 1; }

venv-base: python
	@requirements/system.sh run
	@requirements/venv.sh base

venv-dev: python
	@requirements/system.sh test
	@requirements/venv.sh dev

setup: venv-dev ## installe tout ce qu’il faut pour développer et tester
	@$(MANAGE) check

demo: export DEMO ?= 1
demo: venv-base ## lance le portail et ses conventions de démonstration (PORT=8000, RESET=1 repart de zéro)
ifdef RESET
	@rm -rf var/portail.sqlite3 var/portail.sqlite3-wal var/portail.sqlite3-shm var/media var/courriels var/comptes-demo.txt
endif
	@DJANGO_RUNSERVER_HIDE_WARNING=true $(MANAGE) serve_demo --port $(PORT)

test: venv-dev ## lance la suite sur SQLite puis sur un PostgreSQL jetable, navigateur compris
	@tests/run.sh

check: venv-dev ## vérifie le style, les gabarits, les couches, les migrations et la mise en production
	.venv/bin/ruff check --output-format concise .
	.venv/bin/ruff format --check .
	.venv/bin/djlint templates --lint --quiet
	.venv/bin/lint-imports
	DEMO=1 $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

audit: venv-dev ## lance les contrôles longs : accessibilité de chaque page, captures, résilience
	@requirements/system.sh audit
	@mkdir -p var/tests
	@TEST_COUNT_FILE=var/tests/audit .venv/bin/python -m pytest -q -n 3 --dist=worksteal --durations=20 -m "audit and not captures"

captures: venv-dev ## prend en image et imprime chaque page dans var/screenshots/ (README=1 refait les images du README)
	@rm -rf var/screenshots
	@.venv/bin/python -m pytest -q -n 2 --dist=worksteal -m captures
	@.venv/bin/python -m tests.audit.planches $(if $(README),--readme)

fmt: venv-dev ## remet en forme le code et les gabarits
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	git ls-files -z '*.py' | xargs -0 .venv/bin/django-upgrade --target-version 5.2

bench: venv-dev ## mesure les temps de réponse et la production du PDF (benchmarks/)
	.venv/bin/python benchmarks/run.py
