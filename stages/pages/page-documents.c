/* The documents of the bundle with their digests, and what the review was made with. */
#include "pages/page-parts.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/time.h"
#include "consignment.h"
#include "knowledge.h"
#include "reference/reference.h"
#include "rules/rulebook.h"

#include <stdlib.h>
#include <string.h>

static void add_document(struct page *page, struct fact *list, const struct document *d) {
    static const char *const schemas[] = {"schema.unknown", "schema.valid", "schema.invalid"};
    const char *kind = page_text(page, arena_join(page->arena, "kind.", d->kind, ""));
    struct fact *made = tree_add(&page->tree, list, "document", NULL);
    tree_link(&page->tree, made, "@id", d->id);
    tree_link(&page->tree, made, "kind", kind ? kind : d->kind);
    tree_link(&page->tree, made, "path", d->path);
    tree_link(&page->tree, made, "digest", d->sha256);
    tree_put(&page->tree, made, "number", fact_text(d->row, "number"));
    page_moment_part(page, made, fact_text(d->row, "issueDate"));
    tree_put(&page->tree, made, "issuer", fact_text(d->row, "issuer"));
    tree_put(&page->tree, made, "format",
             d->dialect && d->version ? arena_join(page->arena, d->dialect, " ", d->version)
             : d->dialect             ? d->dialect
                                      : d->media);
    tree_link(&page->tree, made, "schema",
              page_say(page, d->well_formed || d->validity ? schemas[d->validity] : "schema.none", PAGE_END));
    if (d->struck) {
        tree_link(&page->tree, made, "note", page_say(page, "document.struck", PAGE_END));
    }
}

void page_documents(struct page *page, struct fact *parent) {
    struct fact *list = tree_add(&page->tree, parent, "documents", NULL);
    tree_count(&page->tree, list, "@count", page->c->documents.count);
    for (size_t i = 0; i < page->c->documents.count; i++) {
        add_document(page, list, page->c->documents.items[i]);
    }
    size_t attachments = page->c->entries.count - page->c->documents.count;
    if (page->c->entries.count > page->c->documents.count) {
        tree_link(&page->tree, list, "more", page_say_count(page, "documents.more", attachments));
    }
}

/* ---- versions ---- */

static struct fact *version(struct page *page, struct fact *list, const char *id, const char *text,
                            const char *digest) {
    struct fact *made = tree_add(&page->tree, list, "fact", NULL);
    tree_link(&page->tree, made, "@label", page_say(page, id, PAGE_END));
    page_part(page, made, NULL, text);
    page_part(page, made, "hash", digest);
    return made;
}

struct listed {
    const struct table *table;
};

static struct listed *list_tables(struct page *page, size_t *count) {
    const struct kinds *kinds = reference_kinds(page->k->reference);
    struct listed *list = arena_alloc(page->arena, (kinds_count(kinds) + 1) * sizeof *list);
    *count = 0;
    for (size_t i = 0; i < kinds_count(kinds); i++) {
        const struct table *table = reference_table(page->k->reference, kinds_item(kinds, i)->name);
        if (table && (table->count || table->state == REGISTER_STALE)) {
            list[(*count)++].table = table;
        }
    }
    return list;
}

/* Oldest first of those too old, then the others, by name. */
static int by_need(const void *left, const void *right) {
    const struct table *a = ((const struct listed *)left)->table;
    const struct table *b = ((const struct listed *)right)->table;
    if (a->state != b->state) {
        return a->state == REGISTER_STALE ? -1 : 1;
    }
    if (a->state == REGISTER_STALE && a->as_at != b->as_at) {
        return a->as_at < b->as_at ? -1 : 1;
    }
    return strcmp(a->kind->name, b->kind->name);
}

static struct fact *register_row(struct page *page, struct fact *list, const char *name, enum register_state state) {
    static const char *const states[] = {"register.current", "register.missing", "register.stale"};
    struct fact *made = tree_add(&page->tree, list, "register", NULL);
    tree_link(&page->tree, made, "@name", name);
    struct fact *mark = tree_link(&page->tree, made, "mark", page_say(page, states[state], PAGE_END));
    tree_link(&page->tree, mark, "@form", state == REGISTER_AVAILABLE ? "yes" : "undecided");
    return made;
}

static void add_register(struct page *page, struct fact *list, const struct table *table) {
    struct fact *made = register_row(page, list, table->kind->name, table->state);
    if (table->as_at != DAY_FIRST) {
        char day[MOMENT_TEXT];
        day_print(table->as_at, day);
        page_moment_part(page, made, arena_string(page->arena, day));
        int64_t age = (int64_t)moment_day(&page->k->now, NULL) - table->as_at;
        tree_link(&page->tree, made, "age", page_span(page, (age > 0 ? age : 0) * 86400));
    }
}

/* Of those that are not there is nothing to say but their names: one row. */
static void add_missing(struct page *page, struct fact *list) {
    const struct kinds *kinds = reference_kinds(page->k->reference);
    struct buffer names = {0};
    for (size_t i = 0; i < kinds_count(kinds); i++) {
        const struct table *table = reference_table(page->k->reference, kinds_item(kinds, i)->name);
        if (table && table->state == REGISTER_MISSING) {
            buffer_string(&names, names.length ? ", " : "");
            buffer_string(&names, table->kind->name);
        }
    }
    if (names.length) {
        register_row(page, list, arena_copy(page->arena, names.bytes, names.length), REGISTER_MISSING);
    }
    buffer_free(&names);
}

const struct fact *page_registers(struct arena *arena, const struct knowledge *k, const char *language) {
    struct page page = page_begin(arena, k, language);
    size_t count = 0;
    struct listed *tables = list_tables(&page, &count);
    if (count) {
        qsort(tables, count, sizeof *tables, by_need);
    }
    for (size_t i = 0; i < count; i++) {
        add_register(&page, page.tree.root, tables[i].table);
    }
    add_missing(&page, page.tree.root);
    return page.tree.root;
}

void page_versions(struct page *page, struct fact *parent) {
    struct fact *list = tree_add(&page->tree, parent, "versions", NULL);
    version(page, list, "version.program", arena_join(page->arena, "tidewaiter ", page->k->version, ""), NULL);
    for (size_t i = 0; page->k->rulebook && i < rulebook_packs(page->k->rulebook); i++) {
        const struct pack *pack = rulebook_pack(page->k->rulebook, i);
        version(page, list, "version.rules", arena_join(page->arena, pack->id, " ", pack->version ? pack->version : ""),
                pack->digest);
    }
    if (page->policy) {
        version(page, list, "version.policy", policy_profile_name(page->c->decision.profile),
                policy_digest(page->policy));
    }
    version(page, list, "version.bundle", page->c->input.name, page->c->digest);
    if (page->c->declaration && page->c->declaration->dialect) {
        version(page, list, "version.dialect", page->c->declaration->dialect, NULL);
    }
    page_moment_part(page, version(page, list, "version.clock", NULL, NULL), page->k->now_text);
    const struct fact *registers = page->k->page_registers[page->chinese];
    for (const struct fact *row = registers ? registers->first : NULL; row; row = row->next) {
        tree_copy(&page->tree, list, row, NULL);
    }
}
