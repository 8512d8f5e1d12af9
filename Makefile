# Each of these does its own set-up: .venv is made when it is missing, and again when a list of requirements changed.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
PY := .venv/bin/python
ADDRESS ?= 127.0.0.1
PORT ?= 8501
# glibc keeps freed uploads per thread unless told otherwise: 400 MB of uploads stayed at 837 MB, with these at 116 MB
MEMORY := MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=100000
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: run test test-all test-scale check bench samples clean

run: .venv/installed
	@echo "Deep Learning, Live: open http://$(ADDRESS):$(PORT) in a browser; stop with Ctrl-C."
	@$(MEMORY) $(PY) -m streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

test: .venv/installed-test
	$(PY) -m pytest

test-all: .venv/installed-test
	$(PY) -m pytest -m "not gpu and not hub"

# the proxy is Debian's: apt-get install nginx-light
test-scale: .venv/installed-scale
	$(PY) -m pytest -m slow tests/test_ray_cluster.py tests/test_proxy.py

check: .venv/installed
	@$(PY) -m demos check

# with the worker's own settings of glibc, so that a bare call in this process is a fair measure for it
bench: .venv/installed-test
	MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=536870912 MALLOC_MMAP_THRESHOLD_=33554432 $(PY) -m bench

samples: .venv/installed
	$(PY) -m demos.speech_recognition.make_samples
	$(PY) -m demos.voice_translation.make_samples

clean:
	rm -rf .venv .cache .pytest_cache build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: requirements.txt
	@echo "Setting up .venv with $(PYTHON): about 7 GB, a few minutes."
	@test -x $(PY) || $(PYTHON) -m venv .venv || { rm -rf .venv; \
	  test "$$(id -u)" = 0 && apt-get install -y -qq python3-venv && $(PYTHON) -m venv .venv; }
	$(PIP) -r requirements.txt
	@touch $@

.venv/installed-test: .venv/installed requirements-test.txt
	$(PIP) -r requirements-test.txt
	sh tests/install_browser.sh $(PY)
	@touch $@

.venv/installed-scale: .venv/installed-test requirements-scale.txt
	$(PIP) -r requirements-scale.txt
	@touch $@
