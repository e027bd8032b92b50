/* Our stylesheets against libxslt: every page of every bundle of the fixtures, in both languages, byte by byte.
 *
 * Needs the packed fixtures ($BUILD/fixtures/bundles); random trees are in tests/unit/pages/sheet.c.
 */
#include "batch/inputs.h"
#include "chain.h"
#include "know.h"
#include "options.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"
#include "consignment.h"
#include "pages/clean.h"
#include "pages/page.h"
#include "pages/pages.h"
#include "xml/parse.h"
#include "xml/transform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"record",           "declaration",   "declarant", "release", "loading-certificate",
                                    "certificate-copy", "bill-of-lading"};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct page_language languages[] = {{"en", ""}, {"zh", ".zh"}};

struct duel {
    struct knowledge *k;
    struct xml_transform *oracles[KINDS];
    size_t pages, wrong;
};

static const struct xml_transform *oracle_of(const struct duel *d, const char *kind) {
    for (size_t i = 0; i < KINDS; i++) {
        if (strcmp(kinds[i], kind) == 0) {
            return d->oracles[i];
        }
    }
    return NULL;
}

/* What a bundle's pages have to show: the strongest of its findings. */
static const char *strongest(const struct consignment *c) {
    const struct finding *found = NULL;
    for (size_t i = 0; i < c->findings.count; i++) {
        const struct finding *finding = &c->findings.items[i];
        found = !found || finding->severity > found->severity ? finding : found;
    }
    return found ? severity_name(found->severity) : "no finding";
}

/* Hostile text is made visible while a page is written; libxslt gets it so. */
static void clean(struct arena *arena, struct fact *fact) {
    fact->value = clean_text(arena, fact->value);
    for (struct fact *child = fact->first; child; child = child->next) {
        clean(arena, child);
    }
}

/* libxslt sees one tree: what all pages of the kind show alike, then the page's own. */
static struct tree whole(const struct duel *d, const char *language, const char *kind, const struct tree *tree) {
    struct tree made = tree_new(tree->arena, tree->names, "page");
    const struct fact *parts[] = {page_known(d->k->pages, language, kind), tree->root};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (const struct fact *child = parts[i]->first; child; child = child->next) {
            tree_copy(&made, made.root, child, NULL);
        }
    }
    clean(tree->arena, made.root);
    return made;
}

static void compare(struct duel *d, const struct consignment *c, const char *bundle, const char *language,
                    const char *kind, const struct tree *tree) {
    struct buffer ours = {0};
    struct buffer theirs = {0};
    const char *why = "no stylesheet";
    const struct xml_transform *oracle = oracle_of(d, kind);
    bool same = oracle && page_render(d->k->pages, language, kind, tree, &ours, &why) &&
                xml_transform_run(oracle, whole(d, language, kind, tree).root, NULL, &theirs, tree->arena, &why);
    if (same) {
        why = "other bytes";
        same = ours.length == theirs.length && memcmp(ours.bytes, theirs.bytes, ours.length) == 0;
    }
    d->pages++;
    d->wrong += !same;
    printf("%s %zu - %s of %s (%s)%s%s\n", same ? "ok" : "not ok", d->pages, kind, bundle, strongest(c),
           same ? "" : ": ", same ? "" : why);
    buffer_free(&ours);
    buffer_free(&theirs);
}

static void compare_bundle(struct duel *d, const struct bundle_input *bundle, const struct page_language *language) {
    struct consignment c = {.arena = arena_new(), .input = bundle->input, .quarantine = {.offset = -1}};
    if (!bundle->reason && chain_run(&c, d->k, chain_find("draft"), NULL) == STEP_ON) {
        for (const struct page_row *row = page_rows; row->kind; row++) {
            if (row->wanted(&c, d->k)) {
                struct tree tree = row->make(&c, d->k, language);
                compare(d, &c, bundle->name, language->code, row->kind, &tree);
            }
        }
        for (size_t i = 0; i < c.drafts.count; i++) {
            const struct draft *draft = &c.drafts.items[i];
            if (draft->page) {
                struct tree tree = page_of_draft(&c, d->k, draft, language);
                compare(d, &c, bundle->name, language->code, draft->page, &tree);
            }
        }
    }
    arena_free(c.arena);
}

static bool load_oracles(struct duel *d) {
    struct problems problems = {0};
    for (size_t i = 0; i < KINDS; i++) {
        char path[80];
        (void)snprintf(path, sizeof path, "schemas/pages/%s.xsl", kinds[i]);
        d->oracles[i] = xml_transform_load(path, &problems);
    }
    problems_print(&problems, stderr);
    bool sound = problems.count == 0;
    problems_free(&problems);
    return sound;
}

int main(void) {
    xml_start();
    char path[400];
    const char *build = getenv("BUILD");
    (void)snprintf(path, sizeof path, "%s/fixtures/bundles", build ? build : "build");
    const char *items[] = {path};
    struct options options = {.program = "test", .now = "2026-03-09T08:00:00Z", .lang = "en,zh"};
    struct texts arguments = {items, 1};
    struct bundle_input bundle;
    struct duel d = {0};
    int code = EXIT_FAULT;
    (void)setenv("TIDEWAITER_DATA", "schemas", 0);
    d.k = know(&options, &code);
    struct inputs *inputs = d.k && load_oracles(&d) ? inputs_open(&arguments, &options, d.k, &code) : NULL;
    while (inputs && inputs_next(inputs, &bundle)) {
        for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
            compare_bundle(&d, &bundle, &languages[i]);
        }
    }
    inputs_close(inputs);
    for (size_t i = 0; i < KINDS; i++) {
        xml_transform_free(d.oracles[i]);
    }
    know_free(d.k);
    printf("1..%zu\n", d.pages);
    return d.pages && !d.wrong ? EXIT_SUCCESS : EXIT_FAILURE;
}
