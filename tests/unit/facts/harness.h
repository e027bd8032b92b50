/* A folder of dialects made for a test, and a document read by it. */
#ifndef TEST_FACTS_HARNESS_H
#define TEST_FACTS_HARNESS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/problems.h"
#include "consignment.h"
#include "facts/dialects.h"
#include "facts/readers.h"
#include "facts/walk.h"
#include "tree/names.h"
#include "tree/print.h"
#include "xml/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define MAP_HEAD "<m:map xmlns:m='urn:tidewaiter:map:1' dialect='t' "

struct harness {
    struct names *names;
    struct vocabulary *vocabulary;
    struct dialects *dialects;
    struct problems problems;
    struct consignment c;
    struct document document;
    const struct reading *reading;
    bool matched;
};

static inline void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static inline void start(struct harness *h) {
    memset(h, 0, sizeof *h);
    xml_start();
    h->names = names_new();
    size_t length;
    char *text = file_read("schemas/facts.csv", 1 << 24, &length);
    assert_non_null(text);
    h->vocabulary = vocabulary_new(h->names, "facts.csv", text, length, &h->problems);
    assert_non_null(h->vocabulary);
    free(text);
}

static inline void load_folder(struct harness *h, const char *folder) {
    h->dialects = dialects_load(h->names, h->vocabulary, folder, "schemas/codes/Rec20.csv", &h->problems);
    names_freeze(h->names);
}

/* Dialects "t" and, where given, "u"; codes are t's. */
static inline void load_maps(struct harness *h, const char *map, const char *codes, const char *second) {
    char folder[] = "/tmp/dialects-XXXXXX";
    char path[128];
    assert_non_null(mkdtemp(folder));
    const char *names[] = {"t", "u"};
    const char *maps[] = {map, second};
    for (int i = 0; i < 2; i++) {
        if (maps[i]) {
            (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
            assert_int_equal(mkdir(path, 0700), 0);
            (void)snprintf(path, sizeof path, "%s/%s/%s.map.xml", folder, names[i], names[i]);
            write_file(path, maps[i]);
        }
    }
    if (codes) {
        (void)snprintf(path, sizeof path, "%s/t/t.codes.csv", folder);
        write_file(path, codes);
    }
    load_folder(h, folder);
    for (int i = 0; i < 2; i++) {
        (void)snprintf(path, sizeof path, "%s/%s/%s.map.xml", folder, names[i], names[i]);
        (void)unlink(path);
        (void)snprintf(path, sizeof path, "%s/%s/%s.codes.csv", folder, names[i], names[i]);
        (void)unlink(path);
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)rmdir(path);
    }
    (void)rmdir(folder);
}

static inline void read_bytes(struct harness *h, const char *bytes, size_t length) {
    static const struct xml_limits limits = {.max_bytes = 1 << 28, .max_text = 1 << 28, .max_depth = 256};
    h->c = (struct consignment){.arena = arena_new()};
    h->c.dossier = tree_new(h->c.arena, h->names, "dossier");
    h->document = (struct document){.id = "d1",
                                    .path = "x",
                                    .kind = "unknown",
                                    .well_formed = true,
                                    .bytes = (const unsigned char *)bytes,
                                    .length = length,
                                    .first_line = 1};
    const struct reader *reader = reader_for((const unsigned char *)bytes, length);
    struct xml_document *xml = NULL;
    const struct source *root;
    if (reader) {
        struct reader_fault fault = {0};
        root = reader->read(h->c.arena, &h->document, h->names, &fault);
    } else {
        xml = xml_parse(h->c.arena, &h->document, (const unsigned char *)bytes, length, 1, &limits);
        root = xml_state(xml) == XML_WELL_FORMED ? xml_source(xml, h->names) : NULL;
        h->document.well_formed = root != NULL;
        h->document.elements = root ? xml_element_count(xml) : 0;
    }
    const struct dialect_match *match = root ? dialect_match(h->dialects, h->c.arena, root) : NULL;
    h->matched = match != NULL;
    if (match) {
        h->document.kind = match_kind(match);
        h->document.dialect = dialect_name(match_dialect(match));
        h->reading = dialect_read(&h->c, &h->document, match);
    }
    xml_release(xml);
}

static inline void finish(struct harness *h) {
    if (h->c.arena) {
        arena_free(h->c.arena);
    }
    problems_free(&h->problems);
    dialects_free(h->dialects);
    vocabulary_free(h->vocabulary);
    names_free(h->names);
}

/* "name@a=b[value]" of a fact and all below it, in brackets: short enough for a table. */
static inline void append_short(struct buffer *out, const struct fact *fact) {
    buffer_string(out, fact->name);
    if (fact->state == FACT_UNREADABLE) {
        buffer_char(out, '?');
    }
    if (fact->value) {
        buffer_printf(out, "=%s", fact->value);
    }
    if (fact->first) {
        buffer_char(out, '{');
        for (const struct fact *child = fact->first; child; child = child->next) {
            bool given = strcmp(child->name, "@doc") != 0 && strcmp(child->name, "@n") != 0;
            if (given) {
                append_short(out, child);
                buffer_char(out, ';');
            }
        }
        buffer_char(out, '}');
    }
}

/* All groups of the dossier but the index. */
static inline char *shortly(const struct harness *h) {
    struct buffer out = {0};
    buffer_string(&out, "");
    for (const struct fact *fact = h->c.dossier.root->first; fact; fact = fact->next) {
        if (strcmp(fact->name, "document") != 0) {
            append_short(&out, fact);
        }
    }
    char *text = strdup(out.bytes ? out.bytes : "");
    buffer_free(&out);
    return text;
}

static inline size_t count_findings(const struct harness *h, const char *rule) {
    size_t count = 0;
    for (size_t i = 0; i < h->c.findings.count; i++) {
        count += strcmp(h->c.findings.items[i].rule, rule) == 0;
    }
    return count;
}

#endif
