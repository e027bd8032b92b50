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

PACKAGES := gcc make pkg-config libxml2-dev libxslt1-dev libarchive-dev zlib1g-dev libdeflate-dev libssl-dev \
            libsqlite3-dev libutf8proc-dev libicu-dev libcmocka-dev iso-codes tzdata python3 zip zstd xz-utils \
            p7zip-full libxml2-utils

LIBRARIES := libxml-2.0 libxslt libarchive zlib libdeflate libcrypto sqlite3 libutf8proc icu-i18n icu-uc
CFLAGS_OWN := -std=c17 -O2 -g -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
              -Wpointer-arith -Wwrite-strings -Wundef -D_GNU_SOURCE -fno-common -fstack-protector-strong \
              -D_FORTIFY_SOURCE=2 -fPIE
INCLUDES := -Istages -Ipipeline -Iinclude -isystem /usr/include/libxml2
LDFLAGS_OWN := -pie -Wl,-z,relro,-z,now
LDLIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null)

# Rooms, from the lowest floor up: each may include those before it, never those after it.
ROOMS := base tree xml container reference facts xpath rules pages drafts

ROOM_SOURCES = $(sort $(wildcard stages/$(1)/*.c))
STAGE_SOURCES := $(sort $(wildcard stages/*.c))
PIPELINE_SOURCES := $(sort $(wildcard pipeline/*.c pipeline/*/*.c))
OBJECT = $(patsubst %.c,$(BUILD)/%.o,$(1))

ARCHIVES := $(foreach room,$(ROOMS),$(BUILD)/$(room).a)
# Linked from the highest floor down, so that each archive finds what it needs behind it.
LINK_ARCHIVES := $(BUILD)/stages.a $(BUILD)/drafts.a $(BUILD)/pages.a $(BUILD)/rules.a $(BUILD)/xpath.a $(BUILD)/facts.a \
                 $(BUILD)/reference.a $(BUILD)/container.a $(BUILD)/xml.a $(BUILD)/tree.a $(BUILD)/base.a

UNIT_SOURCES := $(sort $(wildcard tests/unit/*/*.c))
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT_SOURCES))

.PHONY: all demo test units clean install packages
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
below = $(foreach room,$(filter-out $(call above,$(1)),$(wordlist 1,99,drafts pages rules xpath facts reference container xml tree base)),$(BUILD)/$(room).a)
above_base := drafts pages rules xpath facts reference container xml tree
above_tree := drafts pages rules xpath facts reference container xml
above_xml := drafts pages rules xpath facts reference container
above_container := drafts pages rules xpath facts reference
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

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
