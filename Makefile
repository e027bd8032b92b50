# tidewaiter: two commands do everything on a fresh Debian machine.
#
#   make demo       installs what is missing, builds, reviews the fixtures, shows the result
#   make test       the same, and runs every test
#
# further: make (builds build/tidewaiter) · sanitize · lint · bench · format · clean · install

SHELL := /bin/bash
BUILD ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
PREFIX ?= /usr/local

PACKAGES := gcc make pkg-config libxml2-dev libxslt1-dev libarchive-dev zlib1g-dev libdeflate-dev libisal-dev libssl-dev \
            libsqlite3-dev libseccomp-dev libutf8proc-dev libicu-dev libcmocka-dev libqrencode-dev iso-codes tzdata python3 zip zstd xz-utils \
            p7zip-full libxml2-utils openssl xmlsec1

LIBRARIES := libxml-2.0 libxslt libarchive zlib libdeflate libisal libcrypto sqlite3 libseccomp libutf8proc libqrencode icu-i18n icu-uc
CFLAGS_OWN := -std=c17 -O2 -g -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
              -Wpointer-arith -Wwrite-strings -Wundef -D_GNU_SOURCE -fno-common -fstack-protector-strong \
              -D_FORTIFY_SOURCE=2 -fPIE
INCLUDES := -Istages -Ipipeline -Iinclude -isystem /usr/include/libxml2
LDFLAGS_OWN := -pie -Wl,-z,relro,-z,now
LDLIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null)

# Rooms, from the lowest floor up: each may include those before it, never those after it.
ROOMS := base tree xml container seal reference facts xpath rules pages drafts

ROOM_SOURCES = $(sort $(wildcard stages/$(1)/*.c))
STAGE_SOURCES := $(sort $(wildcard stages/*.c))
PIPELINE_SOURCES := $(sort $(wildcard pipeline/*.c pipeline/*/*.c))
OBJECT = $(patsubst %.c,$(BUILD)/%.o,$(1))

ARCHIVES := $(foreach room,$(ROOMS),$(BUILD)/$(room).a)
# Linked from the highest floor down, so that each archive finds what it needs behind it.
LINK_ARCHIVES := $(BUILD)/stages.a $(BUILD)/drafts.a $(BUILD)/pages.a $(BUILD)/rules.a $(BUILD)/xpath.a $(BUILD)/facts.a \
                 $(BUILD)/reference.a $(BUILD)/seal.a $(BUILD)/container.a $(BUILD)/xml.a $(BUILD)/tree.a $(BUILD)/base.a

UNIT_SOURCES := $(sort $(wildcard tests/unit/*/*.c))
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT_SOURCES))

.PHONY: all demo test units extra clean install packages fixtures sanitize lint format bench
all: $(BUILD)/tidewaiter

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_OWN) $(CFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

define ROOM_ARCHIVE
$(BUILD)/$(1).a: $(call OBJECT,$(call ROOM_SOURCES,$(1)))
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach room,$(ROOMS),$(eval $(call ROOM_ARCHIVE,$(room))))

$(BUILD)/stages.a: $(call OBJECT,$(STAGE_SOURCES))
	@mkdir -p $(@D)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/tidewaiter: $(call OBJECT,$(PIPELINE_SOURCES)) $(LINK_ARCHIVES)
	$(CC) $(LDFLAGS_OWN) $(LDFLAGS) -o $@ $(call OBJECT,$(PIPELINE_SOURCES)) $(LINK_ARCHIVES) $(LDLIBS)

# Unit tests: tests/unit/ROOM/NAME.c, linked against its own room and those below it.
floors = $(if $(filter $(1),$(ROOMS)),$(call below,$(1)),$(LINK_ARCHIVES))
below = $(foreach room,$(filter-out $(call above,$(1)),$(wordlist 1,99,drafts pages rules xpath facts reference seal container xml tree base)),$(BUILD)/$(room).a)
above_base := drafts pages rules xpath facts reference seal container xml tree
above_tree := drafts pages rules xpath facts reference seal container xml
above_xml := drafts pages rules xpath facts reference seal container
above_container := drafts pages rules xpath facts reference seal
above_seal := drafts pages rules xpath facts reference
above_reference := drafts pages rules xpath facts
above_facts := drafts pages rules xpath
above_xpath := drafts pages rules
above_rules := drafts pages
above_pages := drafts
above_drafts :=
above = $(above_$(1))

.SECONDEXPANSION:
$(BUILD)/unit/%: tests/unit/%.c $$(call floors,$$(firstword $$(subst /, ,$$*)))
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_OWN) $(CFLAGS) $(INCLUDES) -Itests/unit -MMD -MP -MF $@.d $(LDFLAGS_OWN) $(LDFLAGS) -o $@ $< \
	    $(call floors,$(firstword $(subst /, ,$*))) $(LDLIBS) -lcmocka

units: $(UNITS)

# ---- what a newcomer types ----

NOW := 2026-03-09T08:00:00Z
FIXTURES := $(sort $(wildcard fixtures/bundles/*/))

# Installs what is missing; says nothing where nothing is.
packages:
	@missing=""; for package in $(PACKAGES); do \
	    dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	    echo "installing:$$missing"; \
	    sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    $$sudo apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

# Bundles from plain folders: fixtures/bundles/NAME.FORMAT/ becomes build/fixtures/bundles/NAME.FORMAT.
$(BUILD)/fixtures/.made: $(shell find fixtures -type f 2>/dev/null | sed 's/ /\\ /g') fixtures/pack.py $(BUILD)/tidewaiter
	@rm -rf $(BUILD)/fixtures
	@mkdir -p $(BUILD)/fixtures
	@python3 fixtures/pack.py fixtures/bundles $(BUILD)/fixtures/bundles
	@bash fixtures/registers/make.sh $(BUILD)/tidewaiter $(BUILD)/fixtures/registers.sqlite >/dev/null
	@touch $@
fixtures: $(BUILD)/fixtures/.made

# The make of a recipe sees packages that were installed a moment ago, so that their flags are known.
demo: packages
	@$(MAKE) --no-print-directory -s $(BUILD)/tidewaiter fixtures
	@rm -rf $(BUILD)/demo
	@$(BUILD)/tidewaiter review $(BUILD)/fixtures/bundles --out $(BUILD)/demo --no-seal --now $(NOW) \
	    --format table --pages; code=$$?; \
	if [ $$code -gt 2 ]; then exit $$code; fi
	@echo
	@echo "The annotated bundles are in $(BUILD)/demo (each .asice is a zip: record, pages, drafts, originals)."
	@echo "Open $(BUILD)/demo/run.html in a browser for the whole run."
	@echo "Next: $(BUILD)/tidewaiter explain D-255"

test: packages
	@$(MAKE) --no-print-directory -s $(BUILD)/tidewaiter fixtures units extra
	@BUILD=$(BUILD) bash tests/run.sh

# Programs of tests that are no units: drivers of properties, the differential test, the floor of the benchmark. A test
# that runs no stage takes of stages.a what rooms below it name: the words of the case.
EXTRA_SOURCES := $(wildcard tests/property/*.c tests/differential/*.c tests/chain/*.c tests/rules/*.c tests/bench/*.c)
EXTRAS := $(patsubst tests/%.c,$(BUILD)/extra/%,$(EXTRA_SOURCES))
PIPELINE_OBJECTS := $(filter-out $(BUILD)/pipeline/main.o,$(call OBJECT,$(PIPELINE_SOURCES)))
$(BUILD)/pipeline.a: $(PIPELINE_OBJECTS)
	@mkdir -p $(@D)
	@rm -f $@
	ar rcs $@ $^
$(BUILD)/extra/%: tests/%.c $(BUILD)/pipeline.a $(LINK_ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_OWN) $(CFLAGS) $(INCLUDES) -Itests/unit -MMD -MP -MF $@.d $(LDFLAGS_OWN) $(LDFLAGS) -o $@ $< \
	    $(BUILD)/pipeline.a -Wl,--start-group $(LINK_ARCHIVES) -Wl,--end-group $(LDLIBS) -lcmocka
extra: $(EXTRAS)

# ---- what a maintainer types ----

# All tests again with AddressSanitizer and UndefinedBehaviorSanitizer, in a build folder of their own.
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -U_FORTIFY_SOURCE
sanitize: packages
	@$(MAKE) --no-print-directory -s BUILD=$(BUILD)/sanitize CFLAGS="$(SANITIZE)" LDFLAGS="-fsanitize=address,undefined" \
	    $(BUILD)/sanitize/tidewaiter fixtures units extra
	@BUILD=$(BUILD)/sanitize SANITIZED=1 bash tests/run.sh

LINT_PACKAGES := clang-format clang-tidy cppcheck
lint:
	@$(MAKE) --no-print-directory -s PACKAGES="$(LINT_PACKAGES)" packages
	@python3 tests/lint/include-direction.py $(ROOMS)
	@clang-format --dry-run -Werror $$(git ls-files '*.c' '*.h')
	@cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --suppress=missingIncludeSystem -Istages -Ipipeline stages pipeline
	@git ls-files 'stages/*.c' 'pipeline/*.c' | \
	    xargs -P 2 -n 8 sh -c 'clang-tidy --quiet "$$@" -- -std=c17 -D_GNU_SOURCE $(INCLUDES) 2>/dev/null' tidy

format:
	@clang-format -i $$(git ls-files '*.c' '*.h')

bench: packages
	@$(MAKE) --no-print-directory -s $(BUILD)/tidewaiter fixtures extra
	@BUILD=$(BUILD) python3 tests/bench/curve.py
	@BUILD=$(BUILD) python3 tests/bench/bench.py

install: $(BUILD)/tidewaiter
	install -D -m 755 $(BUILD)/tidewaiter $(DESTDIR)$(PREFIX)/bin/tidewaiter
	install -D -m 644 include/tidewaiter.h $(DESTDIR)$(PREFIX)/include/tidewaiter.h
	@cd schemas && find . -type f -not -path './dialects/*/tests/*' -exec \
	    install -D -m 644 {} $(DESTDIR)$(PREFIX)/share/tidewaiter/{} \;

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
