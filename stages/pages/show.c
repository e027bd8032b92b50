#include "pages/show.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/time.h"
#include "consignment.h"
#include "knowledge.h"
#include "pages/inside.h"
#include "reference/reference.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VALUES = 8 };

/* ---- opening ---- */

struct page page_begin(struct arena *arena, const struct knowledge *k, const char *lang) {
    return (struct page){.tree = tree_new(arena, k->names, "page"),
                         .arena = arena,
                         .pages = k->pages,
                         .k = k,
                         .chinese = strcmp(lang, "zh") == 0};
}

struct page page_open(struct consignment *c, const struct knowledge *k, const struct page_language *language) {
    struct page page = page_begin(c->arena, k, language->code);
    const char *day;
    page.c = c;
    page.language = language;
    page.dossier = c->dossier.root;
    page.declaration = fact_at(c->dossier.root, "declaration");
    page.policy = k->reference ? reference_policy(k->reference) : NULL;
    if ((day = fact_text(page.dossier, "@asOf"))) {
        (void)day_read(day, &page.day);
    }
    return page;
}

/* ---- sentences ---- */

static const char *find(const struct page *page, const char *id) {
    return page_message(page->pages, page->chinese ? "zh" : "en", id);
}

const char *page_text(const struct page *page, const char *id) {
    return find(page, id);
}

static size_t take_values(va_list *list, struct message_value values[MOST_VALUES]) {
    size_t count = 0;
    const char *name;
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): whoever calls has started it */
    while (count < MOST_VALUES && (name = va_arg(*list, const char *))) {
        values[count++] = (struct message_value){name, va_arg(*list, const char *)};
    }
    return count;
}

static const char *filled(const struct page *page, const char *text, size_t length, const struct message_value *values,
                          size_t count) {
    if (!memchr(text, '{', length)) {
        return text[length] ? arena_copy(page->arena, text, length) : text;
    }
    struct buffer out = {0};
    buffer_string(&out, "");
    message_fill(&out, text, length, values, count);
    const char *made = arena_copy(page->arena, out.bytes, out.length);
    buffer_free(&out);
    return made;
}

const char *page_say(const struct page *page, const char *id, ...) {
    struct message_value values[MOST_VALUES];
    const char *text = find(page, id);
    va_list list;
    va_start(list, id);
    size_t count = take_values(&list, values);
    va_end(list);
    return text ? filled(page, text, strlen(text), values, count) : id;
}

const char *page_say_count(const struct page *page, const char *id, unsigned long n) {
    /* A language without a singular of its own has no "ID.one"; few messages say "none". */
    const char *own = n > 1 ? id : arena_join(page->arena, id, ".", n ? "one" : "none");
    bool translated = false;
    (void)messages_find(pages_messages(page->pages), page->chinese ? "zh" : "en", own, &translated);
    return page_say(page, translated ? own : id, "n", page_count(page, n), PAGE_END);
}

void page_sentence(struct page *page, struct fact *parent, const char *name, const char *id, ...) {
    struct message_value values[MOST_VALUES];
    struct fact *made = tree_add(&page->tree, parent, name, NULL);
    const char *text = find(page, id);
    va_list list;
    va_start(list, id);
    size_t count = take_values(&list, values);
    va_end(list);
    text = text ? text : id;
    for (bool code = false; *text; code = !code) {
        size_t length = strcspn(text, "`");
        if (length) {
            page_part(page, made, code ? "code" : NULL, filled(page, text, length, values, count));
        }
        text += length + (text[length] == '`');
    }
}

struct fact *page_words(struct page *page, struct fact *parent, const char *name, const char *en, const char *zh) {
    bool foreign = page->chinese && !(zh && *zh);
    const char *text = page->chinese && !foreign ? zh : en;
    if (!text || !*text) {
        return NULL;
    }
    struct fact *made = tree_link(&page->tree, parent, name, text);
    if (foreign) {
        tree_link(&page->tree, made, "@lang", "en");
    }
    return made;
}

/* ---- parts ---- */

void page_part(struct page *page, struct fact *parent, const char *form, const char *text) {
    if (text && *text) {
        struct fact *made = tree_link(&page->tree, parent, "part", text);
        if (form) {
            tree_link(&page->tree, made, "@form", form);
        }
    }
}

void page_moment_part(struct page *page, struct fact *parent, const char *moment) {
    if (moment && *moment) {
        struct moment read;
        const char *shown = page_moment(page, moment);
        struct fact *made = tree_link(&page->tree, parent, "part", shown);
        if (moment_read(moment, NULL, &read)) {
            tree_link(&page->tree, made, "@form", "moment");
            tree_link(&page->tree, made, "@at", moment);
        }
    }
}

void page_party(struct page *page, struct fact *parent, const struct fact *party) {
    const char *name = fact_text(party, "name");
    const char *id = fact_text(party, "id");
    page_part(page, parent, "name", name);
    if (id) {
        page_part(page, parent, NULL, name ? arena_join(page->arena, ", ", id, "") : id);
    }
}

void page_code(struct page *page, struct fact *parent, const char *list, const char *code) {
    if (!code) {
        return;
    }
    const struct fact *row = page->k->reference ? reference_code_row(page->k->reference, list, code, page->day) : NULL;
    const char *label = fact_text(row, "label");
    label = label ? label : fact_text(row, "name");
    page_part(page, parent, NULL, label ? arena_join(page->arena, code, " ", label) : code);
}

void page_office(struct page *page, struct fact *parent, const char *code) {
    if (!code) {
        return;
    }
    struct answer answer = {0};
    if (page->k->reference) {
        answer = reference_office(page->k->reference, page->arena, code, page->day);
    }
    const char *name = answer.count ? fact_text(answer.rows[0], "name") : NULL;
    page_part(page, parent, NULL, name ? arena_join(page->arena, code, " ", name) : code);
}

void page_rule(struct page *page, struct fact *parent, const char *rule, const char *href) {
    bool first = !fact_at(parent, "rule");
    struct fact *made = tree_link(&page->tree, parent, "rule", rule);
    tree_put(&page->tree, made, "@href", href);
    tree_put(&page->tree, made, "@next", first ? NULL : "true");
}

/* ---- values ---- */

const char *page_moment(const struct page *page, const char *text) {
    struct moment moment;
    char day[MOMENT_TEXT];
    if (!text || !moment_read(text, NULL, &moment) || moment.is_day) {
        return text;
    }
    enum { DAY = 86400 };
    int64_t local = moment.at + moment.offset;
    int64_t seconds = (local % DAY + DAY) % DAY;
    day_print((int32_t)((local - seconds) / DAY), day);
    const char *zone = moment.assumed ? "" : "Z";
    if (moment.offset) {
        int east = abs(moment.offset);
        zone = arena_printf(page->arena, " %c%02d:%02d", moment.offset < 0 ? '-' : '+', east / 3600, east % 3600 / 60);
    }
    return arena_printf(page->arena, "%s %02d:%02d%s", day, (int)(seconds / 3600), (int)(seconds % 3600 / 60), zone);
}

const char *page_number(const struct page *page, const char *text) {
    struct decimal value;
    if (!text || !decimal_parse(text, strlen(text), &value)) {
        return text;
    }
    size_t sign = *text == '-' || *text == '+';
    size_t whole = strcspn(text + sign, ".");
    size_t length = strlen(text);
    char *made = arena_alloc(page->arena, length + whole / 3 + 1);
    char *out = made;
    for (size_t i = 0; i < length; i++) {
        size_t place = i - sign;
        if (i > sign && place < whole && (whole - place) % 3 == 0) {
            *out++ = ',';
        }
        *out++ = text[i];
    }
    *out = '\0';
    return made;
}

const char *page_count(const struct page *page, unsigned long number) {
    const char *digits = arena_number(page->arena, number);
    return strlen(digits) > 3 ? page_number(page, digits) : digits;
}

static const char *rounded(const struct page *page, const char *text, unsigned places) {
    struct decimal value;
    char printed[DECIMAL_TEXT];
    if (!text || !decimal_parse(text, strlen(text), &value)) {
        return text;
    }
    /* What is more exact than the form of the page is shown as it is: a page loses no digit. */
    struct decimal trimmed = decimal_trim(&value);
    if (trimmed.scale > places || !decimal_round(&value, places, ROUND_HALF_UP, &value)) {
        return page_number(page, text);
    }
    decimal_print(&value, printed);
    return page_number(page, arena_string(page->arena, printed));
}

const char *page_mass(const struct page *page, const char *text) {
    return rounded(page, text, 3);
}

const char *page_money(const struct page *page, const struct fact *amount) {
    const char *currency = fact_text(amount, "@currency");
    const struct fact *row =
        currency && page->k->reference ? reference_code_row(page->k->reference, "ISO4217", currency, page->day) : NULL;
    const char *places = fact_text(row, "minorUnit");
    unsigned digits = places && *places >= '0' && *places <= '4' ? (unsigned)(*places - '0') : 2;
    return amount ? rounded(page, amount->value, digits) : NULL;
}

const char *page_span(const struct page *page, int64_t seconds) {
    int64_t left = seconds < 0 ? -seconds : seconds;
    const char *days = page_count(page, (unsigned long)(left / 86400));
    const char *hours = arena_printf(page->arena, "%d", (int)(left % 86400 / 3600));
    const char *minutes = arena_printf(page->arena, "%d", (int)(left % 3600 / 60));
    const char *id = "span.minutes";
    if (left >= 86400) {
        id = left % 86400 >= 3600 ? "span.daysHours" : "span.days";
    } else if (left == 0) {
        id = "span.today";
    } else if (left >= 3600) {
        id = left % 3600 >= 60 ? "span.hoursMinutes" : "span.hours";
    }
    const char *span = page_say(page, id, "d", days, "h", hours, "m", minutes, PAGE_END);
    return seconds < 0 ? page_say(page, "span.over", "span", span, PAGE_END) : span;
}

#define NO_BREAK "\xC2\xA0"

static const char *place_of(const struct page *page, const struct document *document, uint32_t line) {
    if (!document) {
        return NULL;
    }
    return line ? arena_printf(page->arena, "%s" NO_BREAK ":" NO_BREAK "%u", document->path, line) : document->path;
}

const char *page_place(const struct page *page, const struct location *place) {
    return place_of(page, place->document, place->line);
}

const char *page_source(const struct page *page, const struct fact *fact) {
    const struct element *element = fact ? fact_element(fact) : NULL;
    return element ? place_of(page, element->document, fact_line(fact)) : NULL;
}

/* ---- looking things up ---- */

static const struct fact *step(const struct fact *fact, const char *path, size_t length) {
    const char *open = memchr(path, '[', length);
    unsigned long position = open ? strtoul(open + 1, NULL, 10) : 1;
    size_t name = open ? (size_t)(open - path) : length;
    const struct fact *child = fact->first;
    while (child && (strncmp(child->name, path, name) != 0 || child->name[name])) {
        child = child->next_name;
    }
    while (child && --position > 0) {
        child = child->next_same;
    }
    return child;
}

const struct fact *page_fact(const struct page *page, const char *path) {
    const struct fact *fact = page->dossier;
    while (fact && path && *path) {
        size_t length = strcspn(path, "/");
        fact = step(fact, path, length);
        path += length + (path[length] == '/');
    }
    return fact;
}

const struct fact *page_next(const struct fact *fact) {
    do {
        fact = fact->next_same;
    } while (fact && fact->hidden);
    return fact;
}

const struct fact *page_visible(const struct page *page, const char *name) {
    const struct fact *fact = fact_at(page->dossier, name);
    return fact && fact->hidden ? page_next(fact) : fact;
}

static const char *name_of(const struct fact *party) {
    const char *name = fact_text(party, "name");
    return name ? name : fact_text(party, "id");
}

const char *page_who(const struct page *page, const char *role) {
    const char *name = NULL;
    if (!role || !*role) {
        return NULL;
    }
    if (strcmp(role, "declarant") == 0) {
        name = fact_text(page->declaration, "agent/name");
        name = name ? name : name_of(fact_at(page->declaration, "declarant"));
    } else if (strcmp(role, "exporter") == 0) {
        name = name_of(fact_at(page->declaration, "exporter"));
        name = name ? name : name_of(fact_at(page_visible(page, "invoice"), "seller"));
    } else if (strcmp(role, "carrier") == 0) {
        name = name_of(fact_at(page_visible(page, "transportDocument"), "carrier"));
        name = name ? name : name_of(fact_at(page->declaration, "carrier"));
    } else if (strcmp(role, "holder") == 0) {
        name = name_of(fact_at(page_visible(page, "supervision"), "holder"));
    } else if (strcmp(role, "office") == 0) {
        const char *office = fact_text(page->declaration, "office");
        name = office ? page_say(page, "who.theOffice", "office", office, PAGE_END) : NULL;
    }
    const char *id = arena_join(page->arena, "who.", role, "");
    return name ? name : find(page, id) ? find(page, id) : role;
}

bool page_released(const struct page *page) {
    enum outcome outcome = page->c->decision.outcome;
    return outcome == OUTCOME_RELEASE_CLOSE || outcome == OUTCOME_RELEASE_SUPERVISE;
}

const char *page_file(const struct page *page, const char *name) {
    return arena_join(page->arena, name, page->language->suffix, ".html");
}

bool page_has_declaration(const struct consignment *c) {
    return c->declaration && fact_at(c->dossier.root, "declaration/goodsItem");
}
