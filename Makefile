# Two commands are enough: `make demo` to try it, `make test` to check it.
PYTHON ?= python3
BIN := .venv/bin/python -m
PIP_COMPILE = $(BIN) piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

# An environment like the one in production, to check the settings with; nothing is reached through it.
PRODUCTION_ENV = env -u DEBUG -u HANDREIKING_DEMO \
	SECRET_KEY=alleen-voor-de-controle-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJK \
	ALLOWED_HOSTS=handreiking.example SITE_URL=https://handreiking.example \
	DATABASE_URL=postgresql://handreiking@127.0.0.1:1/handreiking \
	CELERY_BROKER_URL=redis://127.0.0.1:1/0 EMAIL_URL=smtp+tls://handreiking@mail.example:587

.DEFAULT_GOAL := help
.PHONY: help demo demo-leeg test dekking lint venv pins onderdelen licht bench beelden fuzz audit licenties axe

help: ## Toont deze lijst
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/	/' | sort | expand -t 14

demo: ## Start alles met voorbeeldgezinnen; PORT=8001 make demo voor een andere poort
	@exec $(PYTHON) scripts/demo.py

demo-leeg: ## Gooit de gegevens van de demo weg en begint opnieuw
	@exec $(PYTHON) scripts/demo.py --leeg

test: venv lint ## Draait alle tests; make test ARGS="-k naam" voor een deel
	@exec .venv/bin/python scripts/run_tests.py $(ARGS)

dekking: venv lint ## Draait alle tests en telt welke regels van casussen/ zij raken; duurt langer
	@.venv/bin/python scripts/run_tests.py --cov --cov-report=term-missing:skip-covered

lint: venv ## Controleert stijl, types, migraties en instellingen
	@$(BIN) ruff check --quiet .
	@$(BIN) ruff format --quiet --check .
	@$(BIN) bandit --quiet --configfile pyproject.toml --recursive casussen handreiking manage.py
	@$(BIN) bandit --quiet --configfile pyproject.toml --skip B603,B607 --recursive scripts
	@$(PRODUCTION_ENV) $(BIN) mypy --no-error-summary
	@$(PRODUCTION_ENV) .venv/bin/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run -v 0
	@$(PRODUCTION_ENV) .venv/bin/python manage.py check --deploy --fail-level WARNING -v 0

venv: ## Maakt .venv uit de vastgelegde versies
	@$(PYTHON) scripts/machine.py ontwikkel

pins: venv ## Legt de nieuwste versies van de onderdelen vast in requirements/*.txt
	@cd requirements && for set in basis demo ontwikkel; do \
		../$(PIP_COMPILE) --upgrade --output-file $$set.txt $$set.in || exit 1; done

onderdelen: venv ## Haalt de stijlen, htmx en het lettertype van npm naar static/
	@.venv/bin/python scripts/haal_onderdelen.py
	@.venv/bin/python scripts/licht.py

licht: venv ## Maakt de stijl en de letters van de pagina's achter een link opnieuw, na een verandering in static/css of templates
	@.venv/bin/python scripts/licht.py

bench: venv ## Meet hoe lang een verzonnen en een verlopen link duren; belooft niets
	@.venv/bin/python scripts/run_tests.py -n0 tests/bench.py

beelden: venv ## Maakt de plaatjes van de handleiding opnieuw, in docs/beelden/
	@.venv/bin/python scripts/run_tests.py tests/browser/beelden.py

fuzz: venv ## Stuurt 20.000 vijandige verzoeken naar elk adres, en van alles naar elk formulier; duurt lang
	@FUZZ=50 .venv/bin/python scripts/run_tests.py tests/test_fuzz.py tests/test_fuzz_formulieren.py tests/test_opmaak.py

audit: venv ## Zoekt bekende lekken in de onderdelen (heeft het netwerk nodig)
	@$(BIN) pip_audit --strict --requirement requirements/basis.txt --require-hashes --disable-pip --progress-spinner off

licenties: venv ## Schrijft docs/licenties.md: de licentie van elk onderdeel
	@.venv/bin/python scripts/licenties.py

axe: ## Haalt axe-core van npm naar tests/hulp/
	@$(PYTHON) scripts/fetch_axe.py
