#include "facts/report.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "consignment.h"
#include "facts/structural.h"

#include <stdlib.h>
#include <string.h>

/* A document of nothing but faults is told so: beyond these no further X-004, no further unread element is listed. */
enum { MOST_UNREADABLE = 1000, LONGEST_OBSERVED = 240, MOST_NAMES = 20, MOST_LISTED = 10000 };

void report_open(struct report *report, struct consignment *c, struct document *document, struct gathered *gathered) {
    *report = (struct report){.c = c, .document = document, .gathered = gathered};
}

/* At most so many bytes, whole characters. */
static const char *shortened(struct arena *arena, const char *text) {
    size_t length = strlen(text);
    if (length <= LONGEST_OBSERVED) {
        return arena_copy(arena, text, length);
    }
    length = LONGEST_OBSERVED;
    while (length && ((unsigned char)text[length] & 0xC0) == 0x80) {
        length--;
    }
    return arena_printf(arena, "%.*s…", (int)length, text);
}

static struct location place_of(struct report *report, const struct value *value) {
    struct arena *arena = report->c->arena;
    struct location location = {.document = report->document};
    const struct element *element = value->source ? value->source->element : NULL;
    if (element) {
        location.line = value->line ? value->line : element->line;
        location.column = value->line && value->line != element->line ? 1 : element->column;
        location.xpath = element_xpath(arena, element, value->attribute ? arena_string(arena, value->attribute) : NULL);
    }
    location.value = value->raw ? shortened(arena, value->raw) : NULL;
    return location;
}

static const char *path_of(struct report *report, const struct fact *parent, const struct fact *fact,
                           const struct definition *definition) {
    struct arena *arena = report->c->arena;
    if (fact) {
        return fact_path(arena, fact);
    }
    const char *path = fact_path(arena, parent);
    return *path ? arena_printf(arena, "%s/%s", path, definition->name) : definition_path(arena, definition);
}

void report_unreadable(struct report *report, const struct fact *parent, const struct fact *fact,
                       const struct definition *definition, const struct value *value, const char *expected) {
    if (++report->unreadable > MOST_UNREADABLE) {
        return;
    }
    struct location subject = place_of(report, value);
    subject.path = path_of(report, parent, fact, definition);
    struct finding *finding = structural_finding(report->c, STRUCTURE_UNREADABLE, &subject, subject.value, expected);
    size_t parts = 0;
    for (const struct value *part = value->part; part; part = part->part) {
        parts++;
    }
    struct location *against = arena_zero(report->c->arena, (parts + 1) * sizeof *against);
    for (const struct value *part = value->part; part; part = part->part) {
        against[finding->against_count++] = place_of(report, part);
    }
    finding->against = parts ? against : NULL;
}

void report_second(struct report *report, const struct definition *definition, const struct value *taken,
                   const struct value *value) {
    struct arena *arena = report->c->arena;
    if (value->constant || !value->raw || !value->source) {
        return;
    }
    const char *path = definition_path(arena, definition);
    if (taken->order == value->order && taken->source != value->source) {
        if (!taken->raw || strcmp(taken->raw, value->raw) != 0) {
            gather_unread(report->gathered, value->source, arena_printf(arena, "second value of %s", path));
        }
        return;
    }
    if (report->outranked_count == report->outranked_capacity) {
        report->outranked =
            arena_grow(arena, report->outranked, &report->outranked_capacity, sizeof *report->outranked);
    }
    struct location place = place_of(report, value);
    report->outranked[report->outranked_count++] =
        (struct outranked){.fact = path, .value = place.value, .xpath = place.xpath, .line = place.line};
}

static void append_names(struct buffer *buffer, const struct element *element) {
    if (element->parent) {
        append_names(buffer, element->parent);
        buffer_char(buffer, '/');
    }
    buffer_string(buffer, element->name);
}

static int by_path(const void *a, const void *b) {
    const struct unread *first = a;
    const struct unread *second = b;
    int order = strcmp(first->path, second->path);
    order = order ? order : strcmp(first->why, second->why);
    return order ? order : first->line < second->line ? -1 : first->line > second->line;
}

static int by_line(const void *a, const void *b) {
    const struct unread *first = a;
    const struct unread *second = b;
    if (first->line != second->line) {
        return first->line < second->line ? -1 : 1;
    }
    return by_path(a, b);
}

/* One row per path and reason, in order of first line. */
static size_t collect(struct report *report, struct unread **out, size_t *total) {
    size_t count = 0;
    for (const struct unread_element *each = report->gathered->unread; each; each = each->next) {
        count++;
    }
    *total = count;
    count = count < MOST_LISTED ? count : MOST_LISTED;
    struct unread *rows = arena_alloc(report->c->arena, (count + 1) * sizeof *rows);
    size_t i = 0;
    for (const struct unread_element *each = report->gathered->unread; i < count; each = each->next) {
        struct buffer path = {0};
        append_names(&path, each->source->element);
        rows[i++] = (struct unread){.path = arena_copy(report->c->arena, path.bytes, path.length),
                                    .why = each->why,
                                    .line = each->source->element->line,
                                    .count = 1};
        buffer_free(&path);
    }
    qsort(rows, count, sizeof *rows, by_path);
    size_t kept = 0;
    for (i = 0; i < count; i++) {
        if (kept && strcmp(rows[kept - 1].path, rows[i].path) == 0 && strcmp(rows[kept - 1].why, rows[i].why) == 0) {
            rows[kept - 1].count++;
        } else {
            rows[kept++] = rows[i];
        }
    }
    qsort(rows, kept, sizeof *rows, by_line);
    *out = rows;
    return kept;
}

static void add_unread(struct report *report, const struct unread *rows, size_t count, size_t total) {
    const struct unread_element *first = report->gathered->unread;
    for (const struct unread_element *each = first->next; each; each = each->next) {
        first = each->source->element->line < first->source->element->line ? each : first;
    }
    const struct element *element = first->source->element;
    struct location subject = {.document = report->document,
                               .line = element->line,
                               .column = element->column,
                               .xpath = element_xpath(report->c->arena, element, NULL)};
    struct buffer names = {0};
    buffer_printf(&names, "%zu unread:", total);
    for (size_t i = 0; i < count && i < MOST_NAMES; i++) {
        buffer_printf(&names, "%s %s (line %u)", i ? "," : "", rows[i].path, rows[i].line);
    }
    if (count > MOST_NAMES) {
        buffer_printf(&names, ", and %zu more", count - MOST_NAMES);
    }
    structural_finding(report->c, STRUCTURE_UNREAD, &subject, arena_copy(report->c->arena, names.bytes, names.length),
                       NULL);
    buffer_free(&names);
}

const struct reading *report_close(struct report *report) {
    struct reading *reading = arena_zero(report->c->arena, sizeof *reading);
    struct unread *rows;
    size_t total;
    reading->unread_count = collect(report, &rows, &total);
    reading->unread = rows;
    reading->outranked = report->outranked;
    reading->outranked_count = report->outranked_count;
    reading->steps = report->gathered->steps;
    report->document->unread = (uint32_t)total;
    if (total) {
        add_unread(report, rows, reading->unread_count, total);
    }
    return reading;
}
