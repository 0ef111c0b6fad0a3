PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501

.PHONY: app serve test lint pictures clean

app: .venv/app
	$(BIN)/streamlit run streamlit_app.py --server.address=127.0.0.1 --server.port=$(PORT)

# For a class: every interface, no stack traces, no file watcher. Read "For a class" in the README first.
serve: .venv/app
	$(BIN)/streamlit run streamlit_app.py --server.address=0.0.0.0 --server.port=$(PORT) --server.headless=true \
		--server.fileWatcherType=none --client.showErrorDetails=none $(if $(HOSTS),--server.allowedHosts=$(HOSTS))

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: .venv/dev
	$(BIN)/python tests/browser/pictures.py

clean:
	rm -rf .venv

.venv/app: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/app
