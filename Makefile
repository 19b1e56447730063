# sitter: `make demo` to see it, `make test` to check it. Both install what is missing and build first.

PREFIX ?= /usr/local
SWIFT ?= swift
BUILD := $(SWIFT) build -c release
PACKAGES := libncurses-dev libopenblas-dev zlib1g-dev libpng-dev libjpeg-dev libwebp-dev

# OpenBLAS does not know newer processors and falls back to slower kernels; sitter starts itself again with the right
# one, tests cannot, so their environment says it, whatever the machine's own says.
ifneq ($(shell grep -c -m1 avx512f /proc/cpuinfo 2>/dev/null),0)
export OPENBLAS_CORETYPE := SkylakeX
endif
export OPENBLAS_NUM_THREADS := 1

.PHONY: demo test build setup setup-tests lint install uninstall clean bench

## demo: train the built-in demo with the dashboard on (headless without a terminal)
demo: build
	@.build/release/sitter

## build: .build/release/sitter
build: setup
	$(BUILD) --product sitter

# End-to-end tests wait for other processes that compute on every core; beside each other they would wait for too long. And ncurses
# knows one screen of a process at a time, so what opens terminals in the tests' own process has its turns too.
ALONE := EndToEndTests|CursesTerminalTests|ThresholdTests|InputFuzzTests
## test: every test, and the exactness tests once more with OpenBLAS's portable kernel
test: export SITTER_INVARIANTS := 1
test: setup setup-tests
	$(BUILD) --product sitter
	$(BUILD) --build-tests
	$(SWIFT) test -c release --skip-build --parallel --skip '$(ALONE)'
	$(SWIFT) test -c release --skip-build --no-parallel --filter '$(ALONE)'
	env OPENBLAS_CORETYPE=Haswell $(SWIFT) test -c release --skip-build --filter 'NeuralNetworksTests|TrainingTests|ParityTests'

## lint: the format, and doc comments where other rooms look (LadderTests check who imports whom)
lint:
	@scripts/install-packages python3
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	@scripts/check-docs

setup:
	@scripts/install-packages $(PACKAGES)

setup-tests:
	@scripts/install-packages tmux ncurses-term python3
	@scripts/btop-themes .build/btop-themes >/dev/null || echo "the tests of btop's themes are skipped"

## install: program, themes and examples under PREFIX (default /usr/local)
install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/sitter
	install -m 755 .build/release/sitter $(DESTDIR)$(PREFIX)/bin/sitter
	cp -R themes examples $(DESTDIR)$(PREFIX)/share/sitter/

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/sitter
	rm -rf $(DESTDIR)$(PREFIX)/share/sitter

## bench: how fast it trains, and what statistics and the dashboard cost (docs/speed.md)
bench: build
	for net in mlp deeptanh lenet vgg resnet20; do .build/release/sitter bench train $$net || exit 1; done
	.build/release/sitter bench statistics
	.build/release/sitter bench overhead

clean:
	rm -rf .build
