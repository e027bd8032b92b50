#include "pages/page-fields.h"

#include "base/arena.h"
#include "consignment.h"
#include "pages/inside.h"
#include "pages/page-parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- where a fact stands ---- */

static const char declaration[] = "declaration/";
static const char goods_item[] = "goodsItem";

const char *page_item_number(const struct page *page, const struct fact *item) {
    const char *n = fact_text(item, "@n");
    if (n && *n && strspn(n, "0123456789") == strlen(n)) {
        return n;
    }
    unsigned long position = 1;
    for (const struct fact *one = fact_at(page->declaration, goods_item); one && one != item; one = one->next_same) {
        position++;
    }
    return arena_printf(page->arena, "%lu", position);
}

const struct fact *page_item_of(const struct page *page, const char *path, const char **rest) {
    if (!path || strncmp(path, declaration, strlen(declaration)) != 0) {
        return NULL;
    }
    const char *below = path + strlen(declaration);
    size_t length = strcspn(below, "/");
    if (strncmp(below, goods_item, strlen(goods_item)) != 0 || strcspn(below, "[/") != strlen(goods_item)) {
        return NULL;
    }
    *rest = below + length + (below[length] == '/');
    return page_fact(page, arena_copy(page->arena, path, strlen(declaration) + length));
}

const struct form_box *page_box_of(const struct page *page, const char *path, const struct fact **item) {
    const struct form *form = pages_form(page->pages);
    const char *rest = NULL;
    *item = NULL;
    if (!path || strncmp(path, declaration, strlen(declaration)) != 0) {
        return NULL;
    }
    *item = page_item_of(page, path, &rest);
    return *item ? form_find(form, true, rest) : form_find(form, false, path + strlen(declaration));
}

const char *page_field_anchor(const struct page *page, const char *path) {
    const struct fact *item = NULL;
    const struct form_box *box = page_box_of(page, path, &item);
    if (item) {
        const char *n = page_item_number(page, item);
        return box ? arena_printf(page->arena, "#i%s-%s", n, box->id) : arena_join(page->arena, "#i", n, "");
    }
    return box ? arena_join(page->arena, "#", box->id, "") : NULL;
}

const char *page_box_name(const struct page *page, const struct form_box *box) {
    const char *part = box->of_item ? "cell" : "box";
    const char *own = page->c->decision.profile == PROFILE_CN
                          ? page_text(page, arena_printf(page->arena, "%s.%s.cn", part, box->id))
                          : NULL;
    return own ? own : page_say(page, arena_join(page->arena, part, ".", box->id), PAGE_END);
}

/* ---- ways to show: each adds the facts of one path ---- */

typedef void (*way)(struct page *page, struct fact *parent, const struct fact *fact);

static void show_text(struct page *page, struct fact *parent, const struct fact *fact) {
    page_part(page, parent, NULL, fact->value);
}

static void show_number(struct page *page, struct fact *parent, const struct fact *fact) {
    page_part(page, parent, NULL, page_number(page, fact->value));
}

static void show_moment(struct page *page, struct fact *parent, const struct fact *fact) {
    page_moment_part(page, parent, fact->value);
}

static void show_mass(struct page *page, struct fact *parent, const struct fact *fact) {
    page_part(page, parent, NULL, page_mass(page, fact->value));
}

static void show_amount(struct page *page, struct fact *parent, const struct fact *fact) {
    page_part(page, parent, NULL, page_money(page, fact));
}

static void show_money(struct page *page, struct fact *parent, const struct fact *fact) {
    const char *currency = fact_text(fact, "@currency");
    page_part(page, parent, NULL,
              arena_join(page->arena, currency ? currency : "", currency ? " " : "",
                         fact->value ? page_money(page, fact) : ""));
}

static void show_quantity(struct page *page, struct fact *parent, const struct fact *fact) {
    const char *unit = fact_text(fact, "@unit");
    page_part(
        page, parent, NULL,
        arena_join(page->arena, page_number(page, fact->value ? fact->value : ""), unit ? " " : "", unit ? unit : ""));
}

static void show_country(struct page *page, struct fact *parent, const struct fact *fact) {
    page_code(page, parent, "ISO3166", fact->value);
}

static void show_office(struct page *page, struct fact *parent, const struct fact *fact) {
    page_office(page, parent, fact->value);
}

/* The values of some children, apart by commas. */
static void show_children(struct page *page, struct fact *parent, const struct fact *fact, const char *const *names,
                          size_t count) {
    const char *comma = "";
    for (size_t i = 0; i < count; i++) {
        for (const struct fact *child = fact_at(fact, names[i]); child; child = child->next_same) {
            if (child->value && *child->value) {
                page_part(page, parent, NULL, arena_join(page->arena, comma, child->value, ""));
                comma = ", ";
            }
        }
    }
}

static void show_party(struct page *page, struct fact *parent, const struct fact *fact) {
    static const char *const address[] = {"line", "postcode", "city", "country"};
    page_party(page, parent, fact);
    if (fact_at(fact, "address")) {
        page_part(page, parent, "break", " ");
        show_children(page, parent, fact_at(fact, "address"), address, sizeof address / sizeof *address);
    }
}

static void show_terms(struct page *page, struct fact *parent, const struct fact *fact) {
    static const char *const names[] = {"incoterm", "place", "locode", "country", "text"};
    show_children(page, parent, fact, names, sizeof names / sizeof *names);
}

static void show_means(struct page *page, struct fact *parent, const struct fact *fact) {
    static const char *const names[] = {"name", "id", "journey", "nationality"};
    show_children(page, parent, fact, names, sizeof names / sizeof *names);
}

static void show_place(struct page *page, struct fact *parent, const struct fact *fact) {
    static const char *const names[] = {"name", "locode", "id", "country"};
    show_children(page, parent, fact, names, sizeof names / sizeof *names);
}

static void show_references(struct page *page, struct fact *parent, const struct fact *fact) {
    static const char *const names[] = {"type", "number", "line", "code", "id", "reference", "grn", "document", "text"};
    if (fact->value) {
        page_part(page, parent, NULL, fact->value);
    } else {
        show_children(page, parent, fact, names, sizeof names / sizeof *names);
    }
}

static void show_containers(struct page *page, struct fact *parent, const struct fact *fact) {
    static const char *const names[] = {"id", "sizeType", "packages", "seal/number"};
    show_children(page, parent, fact, names, sizeof names / sizeof *names);
}

static void show_signature(struct page *page, struct fact *parent, const struct fact *fact) {
    static const char *const names[] = {"name", "signer"};
    show_children(page, parent, fact, names, sizeof names / sizeof *names);
    bool present = fact_is(fact, "present", "true");
    const char *id = !present                          ? "signature.absent"
                     : fact_is(fact, "valid", "false") ? "signature.invalid"
                                                       : "signature.present";
    page_part(page, parent, NULL,
              arena_printf(page->arena, "%s%s", parent->last && parent->last->name[0] != '@' ? ", " : "",
                           page_say(page, id, PAGE_END)));
}

static void show_procedure(struct page *page, struct fact *parent, const struct fact *fact) {
    static const char *const names[] = {"requested", "previous", "additional"};
    const char *blank = "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (const struct fact *code = fact_at(fact, names[i]); code; code = code->next_same) {
            page_part(page, parent, NULL, arena_join(page->arena, blank, code->value ? code->value : "", ""));
            blank = " ";
        }
    }
    page_part(page, parent, NULL, fact->value);
}

static void show_packages(struct page *page, struct fact *parent, const struct fact *fact) {
    const char *count = fact_text(fact, "count");
    const char *type = fact_text(fact, "type");
    page_part(
        page, parent, NULL,
        arena_join(page->arena, count ? page_number(page, count) : "", count && type ? " " : "", type ? type : ""));
    page_part(page, parent, "soft", fact_text(fact, "marks"));
}

static void show_code(struct page *page, struct fact *parent, const struct fact *fact) {
    const char *code = fact->value ? fact->value : "";
    bool digits = strlen(code) > 6 && strspn(code, "0123456789") == strlen(code);
    page_part(page, parent, NULL, digits ? arena_printf(page->arena, "%.4s %.2s %s", code, code + 4, code + 6) : code);
}

static const struct way_row {
    const char *name;
    way show;
    bool once; /* the first path that has a value is all */
} ways[] = {
    {"text", show_text, false},
    {"number", show_number, true},
    {"moment", show_moment, true},
    {"mass", show_mass, true},
    {"amount", show_amount, true},
    {"money", show_money, false},
    {"quantity", show_quantity, true},
    {"country", show_country, true},
    {"office", show_office, true},
    {"party", show_party, false},
    {"terms", show_terms, true},
    {"means", show_means, true},
    {"place", show_place, true},
    {"references", show_references, false},
    {"containers", show_containers, false},
    {"signature", show_signature, true},
    {"procedure", show_procedure, true},
    {"packages", show_packages, false},
    {"code", show_code, false},
};

/* A group whose text is a child's: of the commodity its description. */
static const struct fact *value_of(const struct fact *fact) {
    const struct fact *description = fact_at(fact, "description");
    return fact->value || !description ? fact : description;
}

void page_box_value(struct page *page, struct fact *parent, const struct form_box *box, const struct fact *from) {
    const struct way_row *row = NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && !row; i++) {
        row = strcmp(ways[i].name, box->show) == 0 ? &ways[i] : NULL;
    }
    for (size_t p = 0; row && p < box->path_count; p++) {
        for (const struct fact *fact = fact_at(from, box->paths[p]); fact; fact = fact->next_same) {
            if (parent->last && parent->last->name[0] != '@') {
                page_part(page, parent, "break", " ");
            }
            row->show(page, parent, value_of(fact));
        }
        if (row->once && fact_at(parent, "part")) {
            return;
        }
    }
}
