/* What the tests of rules share: tiny packs in a folder of their own, small dossiers, runs. */
#ifndef TW_TEST_RULES_SUPPORT_H
#define TW_TEST_RULES_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/problems.h"
#include "consignment.h"
#include "knowledge.h"
#include "rules/rulebook.h"
#include "rules/run.h"
#include "tree/names.h"
#include "tree/vocabulary.h"
#include "xml/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    char folder[64]; /* holds ours/ and acme/ */
    struct names *names;
    struct vocabulary *vocabulary;
    struct problems problems;
    struct rulebook *book;
    struct consignment c;
    struct knowledge k;
};

/* The start of a schema that is one file of a pack without pack.xml. */
#define HEAD                                                                                                           \
    "<schema xmlns='http://purl.oclc.org/dsdl/schematron' xmlns:tw='urn:tidewaiter:rules:1' "                          \
    "queryBinding='tidewaiter' tw:point='2'>"
#define RELEASE(id) "<phase id='release'><active pattern='" id "'/></phase>"
#define TEXTS(id)                                                                                                      \
    "<properties><property id='" id ".source' role='source'>a law</property>"                                          \
    "<property id='" id ".mend' role='mend' tw:who='declarant'>Mend it.</property></properties>"
/* One rule of one assertion. */
#define ONE(id, rule, assertion)                                                                                       \
    HEAD RELEASE(id) "<pattern id='" id "'><title>" id "</title><rule " rule "><assert id='" id                        \
                     ".hold' role='error' " assertion ">It is wrong.</assert></rule></pattern>" TEXTS(id) "</schema>"

static inline void fixture_file(struct fixture *f, const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static inline void fixture_open(struct fixture *f) {
    memset(f, 0, sizeof *f);
    xml_start();
    snprintf(f->folder, sizeof f->folder, "/tmp/tidewaiter-rules-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    char path[256];
    snprintf(path, sizeof path, "%s/ours", f->folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/acme", f->folder);
    mkdir(path, 0700);
    f->names = names_new();
    size_t length = 0;
    char *text = file_read("schemas/facts.csv", 1 << 22, &length);
    assert_non_null(text);
    f->vocabulary = vocabulary_new(f->names, "schemas/facts.csv", text, length, &f->problems);
    assert_non_null(f->vocabulary);
    free(text);
}

static inline void fixture_remove(struct fixture *f, const char *folder) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", f->folder, folder);
    struct file_list list;
    if (file_list(path, &list)) {
        for (size_t i = 0; i < list.count; i++) {
            char name[512];
            snprintf(name, sizeof name, "%s/%s", path, list.names[i]);
            unlink(name);
        }
        file_list_free(&list);
        rmdir(path);
    }
}

static inline void fixture_close(struct fixture *f) {
    rulebook_free(f->book);
    vocabulary_free(f->vocabulary);
    names_free(f->names);
    problems_free(&f->problems);
    arena_free(f->c.arena);
    fixture_remove(f, "ours");
    fixture_remove(f, "acme");
    rmdir(f->folder);
}

/* Loads the packs ours/ and, where asked, acme/. */
static inline void fixture_load(struct fixture *f, bool acme) {
    char ours[128];
    char theirs[128];
    snprintf(ours, sizeof ours, "%s/ours", f->folder);
    snprintf(theirs, sizeof theirs, "%s/acme", f->folder);
    const char *directories[] = {ours, theirs};
    const struct rulebook_needs needs = {
        .directories = directories, .directory_count = acme ? 2 : 1, .names = f->names, .vocabulary = f->vocabulary};
    f->book = rulebook_load(&needs, &f->problems);
}

/* One pack of ours of one file; it must be right. */
static inline void fixture_pack(struct fixture *f, const char *schema) {
    fixture_file(f, "ours/a.sch", schema);
    fixture_load(f, false);
    if (!f->book) {
        problems_print(&f->problems, stderr);
    }
    assert_non_null(f->book);
}

/* The first problem of a pack of one file contains that text. */
static inline void assert_refused(const char *schema, const char *message) {
    struct fixture f;
    fixture_open(&f);
    fixture_file(&f, "ours/a.sch", schema);
    fixture_load(&f, false);
    assert_null(f.book);
    bool told = false;
    for (size_t i = 0; i < f.problems.count; i++) {
        told = told || (strstr(f.problems.items[i].text, message) && f.problems.items[i].line > 0);
    }
    if (!told) {
        fprintf(stderr, "not told: %s\n", message);
        problems_print(&f.problems, stderr);
    }
    assert_true(told);
    fixture_close(&f);
}

/* ---- dossiers ---- */

static inline void fixture_dossier(struct fixture *f) {
    f->c.arena = arena_new();
    f->c.dossier = tree_new(f->c.arena, f->names, "dossier");
    tree_add(&f->c.dossier, f->c.dossier.root, "@asOf", "2026-05-04");
}

/* Sets facts by path and value: "declaration/office=DE004851"; "+" before a path begins a new last step. */
static inline struct fact *fixture_set(struct fixture *f, const char *path_and_value) {
    char text[512];
    snprintf(text, sizeof text, "%s", path_and_value);
    char *value = strchr(text, '=');
    if (value) {
        *value++ = '\0';
    }
    struct fact *here = f->c.dossier.root;
    char *rest = NULL;
    for (char *step = strtok_r(text, "/", &rest); step; step = strtok_r(NULL, "/", &rest)) {
        bool anew = *step == '+';
        step += anew;
        bool last = !rest || !*rest;
        struct fact *next = anew ? NULL : fact_at(here, step);
        while (next && next->next_same) {
            next = next->next_same; /* the one that was begun last */
        }
        here = next ? next : tree_add(&f->c.dossier, here, step, last ? value : NULL);
    }
    return here;
}

static inline void fixture_run(struct fixture *f) {
    f->k = (struct knowledge){.names = f->names, .vocabulary = f->vocabulary, .rulebook = f->book};
    f->k.now_text = "2026-05-05T00:00:00Z";
    assert_true(moment_read(f->k.now_text, NULL, &f->k.now));
    tree_number(&f->c.dossier, 1);
    rules_run(&f->c, &f->k);
}

static inline const struct rule_result *result_of(const struct fixture *f, const char *rule) {
    for (size_t i = 0; i < f->c.results.count; i++) {
        if (strcmp(f->c.results.items[i].rule, rule) == 0) {
            return &f->c.results.items[i];
        }
    }
    return NULL;
}

static inline void assert_verdict(const struct fixture *f, const char *rule, enum verdict verdict) {
    const struct rule_result *result = result_of(f, rule);
    assert_non_null(result);
    if (result->verdict != verdict) {
        fprintf(stderr, "%s: %d, not %d\n", rule, (int)result->verdict, (int)verdict);
    }
    assert_int_equal(result->verdict, verdict);
}

/* A pack of one file over a dossier of those facts (NULL-terminated), and what becomes of a rule. */
static inline void assert_outcome(const char *schema, const char *const *facts, const char *rule,
                                  enum verdict verdict) {
    struct fixture f;
    fixture_open(&f);
    fixture_pack(&f, schema);
    fixture_dossier(&f);
    for (; *facts; facts++) {
        fixture_set(&f, *facts);
    }
    fixture_run(&f);
    assert_verdict(&f, rule, verdict);
    fixture_close(&f);
}

#define FACTS(...)                                                                                                     \
    (const char *const[]) {                                                                                            \
        __VA_ARGS__, NULL                                                                                              \
    }

#endif
