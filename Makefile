# Each of these does its own set-up: .venv is made when it is missing, and again when a list of requirements changed.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
PY := .venv/bin/python
ADDRESS ?= 127.0.0.1
PORT ?= 8501
# glibc keeps freed uploads per thread unless told otherwise: 400 MB of uploads stayed at 837 MB, with these at 116 MB
MEMORY := MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=100000
WORKER := MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=536870912 MALLOC_MMAP_THRESHOLD_=33554432
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: run test test-all test-scale check bench bench-limits bench-gpu samples audit pins clean

run: .venv/installed
	@echo "Deep Learning, Live: open http://$(ADDRESS):$(PORT) in a browser; stop with Ctrl-C."
	@$(MEMORY) $(PY) -m streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

# three processes, each with files of its own, one of them with all that run in a browser (tests/conftest.py): much of such a
# test is waiting. In the order they are collected, so that the browser's begin at once
test: .venv/installed-test
	$(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder

test-all: .venv/installed-test
	$(PY) -m pytest -m "not gpu and not hub"

# the proxy is Debian's: apt-get install nginx-light
test-scale: .venv/installed-scale
	$(PY) -m pytest -m slow tests/test_ray_cluster.py tests/test_proxy.py

check: .venv/installed
	@$(PY) -m demos check

# with the worker's own settings of glibc, so that a bare call in this process is a fair measure for it
bench: .venv/installed-test
	$(WORKER) $(PY) -m bench

# how far each deep method is from what this machine could do; docs/speed.md
bench-limits: .venv/installed-test
	$(WORKER) $(PY) -m bench.limits measure

# the same on a CUDA device, with batches and mixed precision
bench-gpu: .venv/installed
	@$(WORKER) $(PY) -m bench.gpu

samples: .venv/installed
	$(PY) -m demos.speech_recognition.make_samples
	$(PY) -m demos.voice_translation.make_samples

# what is known against the pinned packages; needs a network, only tells, and never fails
audit:
	@test -x .venv-audit/bin/pip-audit || { python3 -m venv .venv-audit && .venv-audit/bin/pip install --quiet pip-audit; } || true
	@.venv-audit/bin/pip-audit --disable-pip --require-hashes -r requirements-hashed.txt \
	  || echo "audit: look at the above, or there was no network. This is advice and fails nothing."

# the pinned, hashed list anew, from the readable one
pins:
	@test -x .venv-audit/bin/uv || { python3 -m venv .venv-audit && .venv-audit/bin/pip install --quiet uv; }
	@head -3 requirements-hashed.txt > .venv-audit/head
	.venv-audit/bin/uv pip compile --quiet requirements.txt --generate-hashes --python-version 3.11 --no-header -o .venv-audit/pins
	@cat .venv-audit/head .venv-audit/pins > requirements-hashed.txt

clean:
	rm -rf .venv .venv-audit .cache .pytest_cache build
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
