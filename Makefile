# The doors of Fanfare. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
FANFARE_PORT ?= 8000
export FANFARE_PORT
# Every process of the tests would read, rewrite and compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' $(MAKEFILE_LIST))

help: ## what each of these does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { group = $$1 ~ /^(torture|fuzz)/ ? 3 : $$1 ~ /^(bench|score|lab|closed|explain)/ ? 2 : 1; \
	  lines[group] = lines[group] sprintf("  make %-18s %s\n", $$1, $$2) } \
	  END { printf "%s\nWhat is measured:\n%s\nWhat tries to break it:\n%s", lines[1], lines[2], lines[3] }' $(MAKEFILE_LIST)

.venv/run: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch .venv/run

.venv/dev: requirements-dev.txt .venv/run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch .venv/dev

translations: .venv/run
	@$(BIN)/pybabel -q compile -d app/translations

# As the units have it: memory that one thread freed serves the others.
run demo: export MALLOC_ARENA_MAX = 2

run: .venv/run translations ## start Fanfare: web and jobs, at http://127.0.0.1:8000 (FANFARE_PORT for another)
	@$(BIN)/flask db upgrade
	@$(BIN)/flask hello
	@$(BIN)/honcho start

demo: .venv/run translations ## start Fanfare with a demo agency, in a database of its own
	@FANFARE_DEMO=1 FANFARE_INSTANCE=instance/demo $(BIN)/flask db upgrade
	@FANFARE_DEMO=1 FANFARE_INSTANCE=instance/demo $(BIN)/flask demo
	@FANFARE_DEMO=1 FANFARE_INSTANCE=instance/demo $(BIN)/honcho start

setup: .venv/dev translations ## create .venv and install everything that development needs

setup-browser: ## install Chromium for the browser tests (Debian, as root)
	apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell

lock: .venv/dev ## compile the locked requirements from pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --extra postgres -c requirements.txt -o requirements-postgres.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --all-extras -c requirements.txt -o requirements-extras.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --all-extras --group dev -c requirements.txt -o requirements-dev.txt

test: setup ## all tests, on SQLite, on PostgreSQL and in the browser
	$(BIN)/pytest --cov --cov-report=term -n 2 --dist loadgroup -m "not browser" -k "not postgres"
	$(BIN)/pytest -n 2 --dist loadgroup -m "not browser" -k postgres
	$(BIN)/pytest -n 2 --dist loadgroup -m browser tests/browser tests/clients

check: setup ## everything that CI runs: style, types, arrows, templates, dependencies, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint app/templates --lint --quiet
	$(BIN)/deptry .
	$(MAKE) test

asvs: .venv/run ## how many requirements of the security standard are met
	@$(BIN)/python -m tests.asvs

parts: setup ## look up whether every part of others is as new as promised, and whether any is advised against
	$(BIN)/python -m tests.parts

scan: setup ## let wapiti, sqlmap and detect-secrets look for faults in a demo and in the tree, and find planted ones
	$(BIN)/python -m tests.scan.run

shots: setup ## a picture of every page, as each role, in build/shots
	$(BIN)/python -m tests.browser.shots

lighthouse: setup ## what Lighthouse says of every page: speed, accessibility, good practice
	$(BIN)/python -m tests.browser.lighthouse

rooms: setup ## draw the picture of the rooms anew, from the imports
	$(BIN)/python -m tests.house.rooms

newcomer: setup ## how long a new machine takes from nothing to the first page, in a fresh clone, and whether all tests pass there
	$(BIN)/python -m tests.bench.newcomer --test

bench: setup ## everything that is measured, B1 to B15, beside its targets; large data sets are made once and kept
	$(BIN)/python -m tests.bench.suite

bench-quick: setup ## the same with small sizes, to see that all of it runs and nothing is off by a factor
	$(BIN)/python -m tests.bench.suite --quick

bench-soak: setup ## an hour of everything at 20 requests a second: faults, waiting, and what memory grows by
	$(BIN)/python -m tests.bench.soak

bench-start: setup ## how quickly Fanfare begins to answer and what it keeps in memory, beside a process that says hello
	$(BIN)/python -m tests.bench.startup

bench-import: setup ## how long an import of 200,000 rows takes, its memory, and what others notice of it
	$(BIN)/python -m tests.bench.import_rows

bench-pool: setup ## how quickly the list of 100,000 candidates answers every filter, on both engines
	$(BIN)/python -m tests.bench.pool

bench-score: setup ## how long a touchpoint takes to become a score, and counting a million anew
	$(BIN)/python -m tests.bench.score

bench-queue: setup ## how long a key takes to bring the next card of the queue, in a browser, on both engines
	$(BIN)/python -m tests.bench.queue

bench-open: setup ## how long people wait while 100 a second log and 100 a second look, on both engines
	$(BIN)/python -m tests.bench.open_loop

bench-growth: setup ## how long people wait while an agency of 300 and of 600 is in its block, on both engines
	$(BIN)/python -m tests.bench.growth

bench-pages: setup ## what Today and the board cost as whole pages, beside a bare render of what they say
	$(BIN)/python -m tests.bench.pages

bench-timeline: setup ## how quickly a timeline of 50,000 events is read, on both engines
	$(BIN)/python -m tests.bench.timeline

bench-journey: setup ## how quickly the journey map of 100,000 candidates is drawn, on both engines
	$(BIN)/python -m tests.bench.journey

bench-sponsor: setup ## how quickly the sponsor's page of a year with 2,000,000 actions answers, warm and cold, on both engines
	$(BIN)/python -m tests.bench.sponsor

bench-board: setup ## how quickly a board of 10,000 people and 5,000,000 ledger rows is read, and how it grows
	$(BIN)/python -m tests.bench.board

bench-contest: setup ## what the page of a competition asks of the ledger, with sixty and with five thousand people
	$(BIN)/python -m tests.bench.contest

bench-dry-run: setup ## how long a dry run of a competition takes on a real desk's autumn, for every format
	$(BIN)/python -m tests.bench.dry_run

bench-contact-next: setup ## how quickly it is told who is next, for pools of 200 to 100,000, on both engines
	$(BIN)/python -m tests.bench.contact_next

bench-lab: setup ## how long the lab takes to replay two million actions under drafted points
	$(BIN)/python -m tests.bench.lab

lab-proposal: setup ## what the lab proposes on public data, on later cut-offs than it learned from, beside the targets
	$(BIN)/python -m tests.bench.lab_proposal

closed-loop: setup ## how well the priority runs a real desk for eight weeks, on public data, beside the targets
	$(BIN)/python -m tests.bench.closed_loop

score-quality: setup ## how well the score tells who acts next, on public data, beside the targets
	$(BIN)/python -m tests.bench.score_quality

explain-lists: setup ## whether the newest thousand lists that people were shown come out exactly when they are ranked again
	$(BIN)/flask explain --newest 1000

bench-ingest: setup ## how many events a second come in, over HTTP and without it, on both engines, with exact sums
	$(BIN)/python -m tests.bench.ingest

fuzz-intake: setup ## ten thousand strange requests at every door of the intake; none may be a fault of ours
	$(BIN)/python -m tests.torture.intake

fuzz-hooks: setup ## ten thousand strange requests on each engine at the doors of HubSpot, WhatsApp and Twilio; none may be a fault of ours, and a planted one is found
	$(BIN)/python -m tests.torture.hooks
	$(BIN)/python -m tests.torture.hooks --engine postgresql
	$(BIN)/python -m tests.torture.hooks --requests 1000 --control

fuzz-api: setup ## ten thousand requests on each engine made from the description of the API; none may be a fault of ours, and a planted one is found
	$(BIN)/python -m tests.torture.api
	$(BIN)/python -m tests.torture.api --engine postgresql
	$(BIN)/python -m tests.torture.api --cases 1000 --control

check-scim: setup ## every check of scim2-tester on each engine, and a planted fault is found
	$(BIN)/python -m tests.torture.scim
	$(BIN)/python -m tests.torture.scim --engine postgresql
	$(BIN)/python -m tests.torture.scim --control

torture: setup ## all that tries to break Fanfare, R1 to R12, each beside its control: under an hour; keeps what was found
	$(BIN)/python -m tests.torture.suite

torture-ci: setup ## the same, small, as every test run has it
	$(BIN)/pytest -n 2 --dist loadgroup tests/durability tests/house/test_migrations.py tests/house/test_migrating_at_work.py tests/jobs/test_once_a_week.py $(RACES)

RACES := $(wildcard tests/domain/*/test*races.py tests/domain/*/*/test*races.py tests/blueprints/*/test*races.py tests/domain/game/test*machine.py tests/domain/game/*/test*machine.py)

torture-kills: setup ## web processes are killed under eight clients on both engines: nothing acknowledged is lost or doubled; without the key some is
	$(BIN)/python -m tests.torture.suite --only kills

torture-machine: setup ## three hundred sequences of fifty steps leave every ledger exact; a bug that is planted is found
	$(BIN)/python -m tests.torture.suite --only machine

torture-crowd: setup ## fifty log while 200,000 rows come in, letters go out and backups are made: nobody is told of a lock
	$(BIN)/python -m tests.torture.suite --only crowd

torture-restarts: setup ## PostgreSQL is restarted six times under load: nothing is lost, and people are told
	$(BIN)/python -m tests.torture.suite --only restarts

torture-full: setup ## the disk is full and has room again: nothing is lost, and people are told
	$(BIN)/python -m tests.torture.suite --only full

torture-clocks: setup ## the clock jumps two hours ahead and back: nothing is lost, and each letter goes once
	$(BIN)/python -m tests.torture.suite --only clocks

torture-migrating: setup ## migrations of a million rows while somebody writes, and the code of before on the tables of after
	$(BIN)/python -m tests.torture.suite --only migrating

torture-slow: setup ## forty slow clients, with a proxy in front and without
	$(BIN)/python -m tests.torture.suite --only slow

torture-fleet: setup ## two web processes and three of the jobs on one PostgreSQL, one killed again and again
	$(BIN)/python -m tests.torture.suite --only fleet

torture-claims: setup ## four recruiters, each in a process, work one pool and never share a card; without the guard they do
	$(BIN)/python -m tests.torture.suite --only claims

torture-points: setup ## eight writers log and undo for one candidate at once and never earn beyond the caps; without the row lock they do
	$(BIN)/python -m tests.torture.points
	$(BIN)/python -m tests.torture.points --engine postgresql
	$(BIN)/python -m tests.torture.points --engine postgresql --control

torture-rewards: setup ## fifty ask at once for one reward, with one balance, from one budget: as many get it as there is; without guards more do
	$(BIN)/python -m tests.torture.rewards
	$(BIN)/python -m tests.torture.rewards --control
	$(BIN)/python -m tests.torture.rewards --engine postgresql
	$(BIN)/python -m tests.torture.rewards --engine postgresql --control

torture-prizes: setup ## four processes of the job make results final while people join, object, redeem and cancel: each prize once, money to the cent
	$(BIN)/python -m tests.torture.prizes
	$(BIN)/python -m tests.torture.prizes --control
	$(BIN)/python -m tests.torture.prizes --engine postgresql
	$(BIN)/python -m tests.torture.prizes --engine postgresql --control

torture-reminders: setup ## four schedulers plan and send a year of reminders in five zones, each once, at nine; without the key or the claim they do not
	$(BIN)/python -m tests.torture.reminders
	$(BIN)/python -m tests.torture.reminders --engine postgresql
	$(BIN)/python -m tests.torture.reminders --weeks 4 --control key
	$(BIN)/python -m tests.torture.reminders --weeks 4 --control claim

torture-mail: setup ## a sender is killed fifty times before a mail server of every mood: no mail is lost; without the end of a lease some are
	$(BIN)/python -m tests.torture.smtp
	$(BIN)/python -m tests.torture.smtp --engine postgresql
	$(BIN)/python -m tests.torture.smtp --letters 90 --kills 3 --control

torture-hangs: setup ## how long Today and logging take while the mail server takes the call and says nothing
	$(BIN)/python -m tests.torture.suite --only hangs

torture-backup: setup ## fifty backups under load, each restored on either engine and compared; a bit that changed and a log left out are found
	$(BIN)/python -m tests.torture.backup
	$(BIN)/python -m tests.torture.backup --rounds 3 --control flip
	$(BIN)/python -m tests.torture.backup --rounds 3 --control log

bench-backup: setup ## how long a backup of a million rows and putting it back take, and how much memory, on both engines
	$(BIN)/python -m tests.bench.backup

lint-deploy: ## look through the Dockerfile and the compose file (Node.js; fetches the two linters)
	npx --yes dockerfilelint@1.8.0 docs/deploy/Dockerfile
	npx --yes dclint@3.1.0 --quiet docs/deploy/compose.yaml

bench-mails: setup ## how long ten thousand weekly mails take from plan to mail server, beside rendering them alone
	$(BIN)/python -m tests.bench.mails

bench-log: setup ## how much logging an action costs, in process and over HTTP, beside the bare statements
	$(BIN)/python -m tests.bench.log_action --http

bench-log-growth: setup ## whether logging an action stays as quick with ten and a hundred times as much of everything
	$(BIN)/python -m tests.bench.log_action --growth

clean: ## remove what was made, but not the data in instance/
	rm -rf .venv build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis
