#include "drafts/parts.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/time.h"
#include "base/words.h"
#include "pages/record.h"
#include "reference/reference.h"
#include "rules/rulebook.h"

#include <ctype.h>
#include <string.h>

struct drafting draft_open(struct consignment *c, const struct knowledge *k, struct tree *tree, const char *root) {
    struct drafting d = {.c = c, .k = k, .arena = c->arena, .tree = tree, .dossier = c->dossier.root};
    *tree = tree_new(c->arena, k->names, root);
    d.declaration = fact_at(d.dossier, "declaration");
    const char *day = fact_text(d.dossier, "@asOf");
    if (day) {
        (void)day_read(day, &d.day);
    }
    return d;
}

void draft_close(struct drafting *d, const char *path, const char *page) {
    struct draft *draft = LIST_ADD(d->arena, d->c->drafts);
    *draft = (struct draft){.path = path, .ns = record_namespace, .page = page, .tree = *d->tree};
}

static const char *source_of(struct drafting *d, const struct fact *from) {
    const struct element *element = from && from->origin ? from->origin->element : NULL;
    return element && element->document ? arena_printf(d->arena, "%s:%u", element->document->id, fact_line(from))
                                        : NULL;
}

struct fact *put_value(struct drafting *d, struct fact *parent, const char *name, const char *value,
                       const struct fact *from) {
    struct fact *made = tree_link(d->tree, parent, name, value);
    tree_put(d->tree, made, "@src", source_of(d, from));
    return made;
}

struct fact *put_field(struct drafting *d, struct fact *parent, const char *name, const struct fact *from) {
    static const char *const kept[] = {"@unit", "@currency", "@scheme", "@src"};
    if (!from || !from->value) {
        return NULL;
    }
    struct fact *made = tree_link(d->tree, parent, name, from->value);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        tree_put(d->tree, made, kept[i], fact_text(from, kept[i]));
    }
    tree_put(d->tree, made, "@src", source_of(d, from));
    return made;
}

struct fact *put_open(struct drafting *d, struct fact *parent, const char *name, const char *who) {
    struct fact *made = tree_add(d->tree, parent, name, NULL);
    tree_link(d->tree, made, "@open", who);
    return made;
}

void put_party(struct drafting *d, struct fact *parent, const char *name, const struct fact *party) {
    if (!party) {
        return;
    }
    struct fact *made = tree_add(d->tree, parent, name, NULL);
    for (const struct fact *id = fact_at(party, "id"); id; id = id->next_same) {
        put_field(d, made, "id", id);
    }
    put_field(d, made, "name", fact_at(party, "name"));
    const struct fact *address = fact_at(party, "address");
    for (const struct fact *line = fact_at(address, "line"); line; line = line->next_same) {
        put_field(d, made, "line", line);
    }
    const char *postcode = fact_text(address, "postcode");
    const char *city = fact_text(address, "city");
    if (postcode || city) {
        put_value(d, made, "line",
                  arena_join(d->arena, postcode ? postcode : "", postcode && city ? " " : "", city ? city : ""),
                  fact_at(address, city ? "city" : "postcode"));
    }
    put_field(d, made, "line", fact_at(address, "country"));
}

void put_office(struct drafting *d, struct fact *parent, const char *name, const struct fact *office) {
    if (!office || !office->value) {
        return;
    }
    struct fact *made = tree_link(d->tree, parent, name, office->value);
    struct answer answer = reference_office(d->k->reference, d->arena, office->value, d->day);
    tree_put(d->tree, made, "@name", answer.count ? fact_text(answer.rows[0], "name") : NULL);
    tree_put(d->tree, made, "@src", source_of(d, office));
}

void put_declaration(struct drafting *d) {
    if (!d->c->declaration) {
        return;
    }
    struct fact *made = tree_add(d->tree, d->tree->root, "declaration", NULL);
    tree_link(d->tree, made, "@document", d->c->declaration->id);
    tree_put(d->tree, made, "@dialect", d->c->declaration->dialect);
    tree_put(d->tree, made, "@profile", d->c->gate ? NULL : policy_profile_name(d->c->decision.profile));
    tree_put(d->tree, made, "@mrn", fact_text(d->declaration, "mrn"));
    tree_put(d->tree, made, "@lrn", fact_text(d->declaration, "lrn"));
    tree_put(d->tree, made, "@ucr", fact_text(d->declaration, "ucr"));
}

void put_basis(struct drafting *d) {
    struct fact *made = tree_add(d->tree, d->tree->root, "basis", NULL);
    tree_link(d->tree, made, "@program", d->k->version);
    tree_link(d->tree, made, "@now", d->k->now_text);
    tree_put(d->tree, made, "@asOf", fact_text(d->dossier, "@asOf"));
    tree_link(d->tree, made, "@bundle", d->c->digest);
    for (size_t i = 0; i < rulebook_packs(d->k->rulebook); i++) {
        const struct pack *pack = rulebook_pack(d->k->rulebook, i);
        struct fact *row = tree_add(d->tree, made, "pack", NULL);
        tree_link(d->tree, row, "@id", pack->id);
        tree_link(d->tree, row, "@version", pack->version ? pack->version : "-");
        tree_link(d->tree, row, "@digest", pack->digest);
    }
}

const struct fact *next_paper(const struct fact *paper) {
    do {
        paper = paper->next_same;
    } while (paper && paper->hidden);
    return paper;
}

const struct fact *first_visible(const struct drafting *d, const char *name) {
    const struct fact *paper = fact_at(d->dossier, name);
    return paper && paper->hidden ? next_paper(paper) : paper;
}

const char *sum_of(struct drafting *d, const struct fact *first, const char *path) {
    struct decimal sum = {0};
    bool any = false;
    for (const struct fact *fact = first; fact; fact = fact->next_same) {
        struct fact *part = fact_at(fact, path);
        const struct decimal *number = part ? fact_number(d->arena, part) : NULL;
        if (!number || !decimal_add(&sum, number, &sum)) {
            return NULL;
        }
        any = true;
    }
    char text[DECIMAL_TEXT];
    if (!any) {
        return NULL;
    }
    decimal_print(&sum, text);
    return arena_string(d->arena, text);
}

const struct fact *stamp_number(const struct drafting *d) {
    const struct fact *reference = fact_at(d->c->decision.release, "reference");
    while (reference && !fact_is(reference, "@scheme", "stamp")) {
        reference = reference->next_same;
    }
    return reference;
}

/* ---- how papers print ---- */

const char *paper_moment(struct arena *arena, const char *text) {
    static const char *const months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                         "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    struct moment moment;
    if (!text || !moment_read(text, NULL, &moment)) {
        return text;
    }
    int year;
    int month;
    int day;
    int64_t local = moment.is_day ? 0 : moment.at + moment.offset;
    int32_t days = moment.is_day ? (int32_t)moment.at : (int32_t)((local - (local % 86400 + 86400) % 86400) / 86400);
    day_split(days, &year, &month, &day);
    if (moment.is_day) {
        return arena_printf(arena, "%02d %s %04d", day, months[month - 1], year);
    }
    int seconds = (int)((local % 86400 + 86400) % 86400);
    const char *zone = "Z";
    if (moment.offset) {
        int east = moment.offset < 0 ? -moment.offset : moment.offset;
        zone = arena_printf(arena, "%c%02d:%02d", moment.offset < 0 ? '-' : '+', east / 3600, east % 3600 / 60);
    }
    return arena_printf(arena, "%02d %s %04d %02d:%02d %s", day, months[month - 1], year, seconds / 3600,
                        seconds % 3600 / 60, zone);
}

const char *paper_number(struct arena *arena, const char *text) {
    if (!text) {
        return NULL;
    }
    struct buffer out = {0};
    size_t sign = *text == '-';
    size_t whole = strcspn(text + sign, ".");
    buffer_append(&out, text, sign);
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0) {
            buffer_char(&out, ',');
        }
        buffer_char(&out, text[sign + i]);
    }
    buffer_string(&out, text + sign + whole);
    const char *made = arena_copy(arena, out.bytes, out.length);
    buffer_free(&out);
    return made;
}

const char *paper_mass(struct arena *arena, const char *text) {
    struct decimal value;
    char printed[DECIMAL_TEXT];
    if (!text || !decimal_parse(text, strlen(text), &value) || !decimal_round(&value, 3, ROUND_HALF_UP, &value)) {
        return text;
    }
    decimal_print(&value, printed);
    return paper_number(arena, printed);
}

static unsigned decimals_of(const struct fact *currency) {
    const char *places = fact_text(currency, "minorUnit");
    return places && *places >= '0' && *places <= '4' ? (unsigned)(*places - '0') : 2;
}

static const struct fact *currency_row(const struct drafting *d, const char *currency) {
    return reference_code_row(d->k->reference, "ISO4217", currency, d->day);
}

const char *paper_money(const struct drafting *d, const char *amount, const char *currency) {
    struct decimal value;
    char printed[DECIMAL_TEXT];
    if (!decimal_parse(amount, strlen(amount), &value) ||
        !decimal_round(&value, decimals_of(currency_row(d, currency)), ROUND_HALF_UP, &value)) {
        return NULL;
    }
    decimal_print(&value, printed);
    return arena_join(d->arena, currency, " ", paper_number(d->arena, printed));
}

const char *paper_amount_words(const struct drafting *d, const char *amount, const char *currency) {
    struct decimal value;
    const struct fact *row = currency_row(d, currency);
    const char *unit = paper_upper(d->arena, fact_text(row, "plural"));
    const char *minor = paper_upper(d->arena, fact_text(row, "minorPlural"));
    return unit && decimal_parse(amount, strlen(amount), &value)
               ? words_amount(d->arena, &value, unit, minor, decimals_of(row))
               : NULL;
}

const char *paper_upper(struct arena *arena, const char *text) {
    if (!text) {
        return NULL;
    }
    char *made = arena_string(arena, text);
    for (char *at = made; *at; at++) {
        if ((unsigned char)*at < 0x80) {
            *at = (char)toupper((unsigned char)*at);
        }
    }
    return made;
}
