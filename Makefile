# maeum: `make demo` and `make test` are all a fresh machine with Python 3.11+ needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test test-full lint benchmark fast small emotion clean help

help:
	@echo "make demo        create the environment, install maeum, show it on the packaged sample"
	@echo "make test        the tests of a working day (under 8 minutes)"
	@echo "make test-full   everything: slow tests, clean-room installs, the built wheel"
	@echo "make lint        ruff, mypy, import layers"
	@echo "make fast        rebuild the bundled model fast (needs MAEUM_DATA)"
	@echo "make small       rebuild the bundled encoder and the model small (needs MAEUM_DATA, two hours)"
	@echo "make emotion     rebuild the bundled model emotion, after make small (needs MAEUM_DATA, half an hour)"
	@echo "make benchmark   the figures of benchmarks/results (needs MAEUM_DATA)"

$(STAMP): pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'maeum needs Python 3.11 or newer')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip
	$(BIN)/python -m pip install -q -e .
	@touch $@

# Tests need what networks, encoders, exports, trackers and clusters need.
$(VENV)/.dev: $(STAMP)
	$(BIN)/python -m pip install -q -e ".[train,export,track,cluster]"
	$(BIN)/python -m pip install -q --group dev
	@touch $@

demo: $(STAMP)
	$(BIN)/maeum demo

test: $(VENV)/.dev
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2

test-full: $(VENV)/.dev
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 -m "slow or not slow"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

benchmark: $(VENV)/.dev
	$(BIN)/python benchmarks/linear.py
	$(BIN)/python benchmarks/fast.py
	$(BIN)/python benchmarks/streams.py
	$(BIN)/python benchmarks/networks.py runs/networks
	$(BIN)/python benchmarks/training_speed.py
	$(BIN)/python benchmarks/encoder_memory.py
	$(BIN)/python benchmarks/pretraining_speed.py
	$(BIN)/python benchmarks/transfer.py runs/transfer
	$(BIN)/python benchmarks/encoder_choices.py runs/choices
	$(BIN)/python benchmarks/encoder_learning.py runs/small runs/learning
	$(BIN)/python benchmarks/small.py
	$(BIN)/python benchmarks/emotion.py
	$(BIN)/python benchmarks/tune.py runs/tune
	$(BIN)/python benchmarks/inference.py
	$(BIN)/python benchmarks/import_time.py

fast: $(VENV)/.dev
	$(BIN)/python tools/build_fast.py

small: $(VENV)/.dev
	$(BIN)/python tools/build_small.py

emotion: $(VENV)/.dev
	$(BIN)/python tools/build_emotion.py

clean:
	rm -rf $(VENV) maeum-demo dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
