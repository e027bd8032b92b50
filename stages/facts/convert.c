#include "facts/convert.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fold.h"
#include "base/time.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { MOST_DAYS = 36525 }; /* a hundred years */

static struct converted not_read(const char *expected) {
    return (struct converted){.state = CONVERTED_NOT, .expected = expected};
}

static struct converted read_as(const char *text) {
    return (struct converted){.state = CONVERTED, .text = text};
}

/* ASCII in which every white space is one blank, and none begins it: most values, which stay where they are. */
static bool is_collapsed(const char *raw) {
    unsigned char before = ' ';
    for (const unsigned char *c = (const unsigned char *)raw; *c; before = *c++) {
        if (*c >= 0x80 || (*c < ' ' && strchr("\t\r\n", *c)) || (*c == ' ' && before == ' ')) {
            return false;
        }
    }
    return true;
}

/* NFC, runs of white space as one blank. */
static const char *collapsed(struct arena *arena, const char *raw) {
    if (is_collapsed(raw)) {
        return raw;
    }
    char *text = arena_string(arena, raw);
    char *out = text;
    for (const char *in = text; *in; in++) {
        bool white = strchr(" \t\r\n", *in) != NULL;
        if (!white) {
            *out++ = *in;
        } else if (out > text && out[-1] != ' ') {
            *out++ = ' ';
        }
    }
    *out = '\0';
    for (const char *c = text; *c; c++) {
        if ((unsigned char)*c >= 0x80) {
            return fold_nfc(arena, text);
        }
    }
    return text;
}

static bool is_upper_list(const char *list) {
    static const char *const lists[] = {"ISO3166", "ISO4217", "Incoterms2020", "Rec20", "Rec21", "UNLOCODE"};
    for (size_t i = 0; list && i < sizeof lists / sizeof *lists; i++) {
        if (strcmp(lists[i], list) == 0) {
            return true;
        }
    }
    return false;
}

static const char *upper(struct arena *arena, const char *text) {
    char *copy = arena_string(arena, text);
    for (char *c = copy; *c; c++) {
        *c = (char)toupper((unsigned char)*c);
    }
    return copy;
}

static const char *one_of(struct arena *arena, const char *const *values) {
    struct buffer list = {0};
    buffer_string(&list, "one of ");
    for (const char *const *value = values; *value; value++) {
        buffer_printf(&list, "%s%s", value == values ? "" : ", ", *value);
    }
    const char *text = arena_copy(arena, list.bytes, list.length);
    buffer_free(&list);
    return text;
}

static struct converted as_code(struct arena *arena, const struct definition *definition, const char *text) {
    if (is_upper_list(definition->list)) {
        text = upper(arena, text);
    }
    if (!definition_allows(definition, text)) {
        return not_read(one_of(arena, definition->values));
    }
    return read_as(text);
}

static struct converted as_boolean(const char *text) {
    if (strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0) {
        return read_as("true");
    }
    if (strcasecmp(text, "false") == 0 || strcmp(text, "0") == 0) {
        return read_as("false");
    }
    return not_read("true or false");
}

/* word plus=: so many days later, the time of day as it was. Without the days it is not known which day is meant. */
static enum conversion add_days(const char *plus, struct written_time *time) {
    struct decimal number;
    int64_t days;
    if (!plus) {
        return CONVERTED_ABSENT;
    }
    if (!form_read_decimal(NULL, plus, &number) || !decimal_to_integer(&number, &days) || days < 0 ||
        days > MOST_DAYS) {
        return CONVERTED_NOT;
    }
    int32_t day = day_from(time->year, time->month, time->day) + (int32_t)days;
    day_split(day, &time->year, &time->month, &time->day);
    return CONVERTED;
}

static struct converted as_time(struct arena *arena, const struct convertible *value, const char *text) {
    const struct form *form = value->entry->form;
    if (value->form_missing) {
        return not_read("the attribute that says the form of the date");
    }
    if (value->form_text) {
        form = form_new(arena, value->form_text);
        if (!form || form->kind != FORM_DATE) {
            return not_read(arena_printf(arena, "a form that is known, not \"%s\"", value->form_text));
        }
    }
    struct written_time time;
    struct written_time other;
    if (!form_read_time(form, text, &time, &other)) {
        return not_read(form ? arena_printf(arena, "a date as %s", form->text)
                             : "a date as YYYY-MM-DD, or with Thh:mm:ss");
    }
    enum conversion later = value->entry->plus.count ? add_days(value->plus, &time) : CONVERTED;
    if (later != CONVERTED) {
        return (struct converted){.state = later, .expected = "a whole number of days to be added"};
    }
    bool is_day = value->definition->type == TYPE_DATE || time.hour < 0;
    const char *zone = value->dialect->zone;
    struct converted read = read_as(is_day ? time_as_day(arena, &time) : time_as_instant(arena, &time, zone));
    read.assumed = !is_day && !time.zone && value->dialect->zone_assumed;
    read.ambiguous = other.year < 0 ? NULL : time_as_day(arena, &other);
    return read;
}

bool convert_decimal(const struct map_entry *entry, const char *raw, struct decimal *out) {
    if (!form_read_decimal(entry->form, raw, out)) {
        return false;
    }
    return !entry->times || decimal_multiply(out, entry->times, out);
}

const char *convert_unit(const struct dialect *dialect, const struct definition *definition, const char *unit) {
    const struct code_list *list = definition->type == TYPE_AMOUNT ? dialect->currencies : dialect->units;
    const char *code = unit && list ? code_for(list, unit) : NULL;
    return code ? (*code ? code : NULL) : unit;
}

static const char *printed(struct arena *arena, const struct decimal *number) {
    char text[DECIMAL_TEXT];
    decimal_print(number, text);
    return arena_string(arena, text);
}

static struct converted as_mass(struct arena *arena, const struct convertible *value, const struct decimal *number,
                                const char *unit) {
    struct converted read = read_as(printed(arena, number));
    read.unit = "KGM"; /* a mass is in kilograms where its source names no unit (FACTS 1) */
    if (!unit || strcmp(unit, "KGM") == 0) {
        return read;
    }
    const struct decimal *factor = mass_factor(value->dialect->masses, unit);
    struct decimal kilograms;
    if (!factor || !decimal_multiply(number, factor, &kilograms)) {
        return not_read(arena_printf(arena, "a mass: %s is no unit of mass", unit));
    }
    kilograms = decimal_trim(&kilograms);
    read.orig = arena_printf(arena, "%s %s", read.text, unit);
    read.text = printed(arena, &kilograms);
    return read;
}

static struct converted as_number(struct arena *arena, const struct convertible *value, const char *text) {
    enum fact_type type = value->definition->type;
    struct decimal number;
    if (!convert_decimal(value->entry, text, &number)) {
        const struct form *form = value->entry->form;
        return not_read(form ? arena_printf(arena, "a decimal (%s)", form->text) : "a decimal as 1234.50");
    }
    const char *unit = convert_unit(value->dialect, value->definition, value->unit);
    if (type == TYPE_MASS) {
        return as_mass(arena, value, &number, unit);
    }
    if (type == TYPE_INTEGER) {
        int64_t whole;
        if (!decimal_to_integer(&number, &whole)) {
            return not_read("a whole number");
        }
        return read_as(whole < 0 ? arena_printf(arena, "%lld", (long long)whole)
                                 : arena_number(arena, (unsigned long)whole));
    }
    struct converted read = read_as(printed(arena, &number));
    read.unit = type == TYPE_AMOUNT || type == TYPE_QUANTITY ? unit : NULL;
    if (unit && type == TYPE_AMOUNT && read.unit) {
        read.unit = upper(arena, unit);
    }
    return read;
}

/* By the entry's list, or by the rows that the dialect has for the fact's own list. NULL: absent. */
static const char *recoded(const struct convertible *value, const char *text) {
    const struct code_list *list = value->entry->codes;
    if (!list && value->entry->same && value->dialect->codes->count) {
        list = codes_list(value->dialect->codes, value->definition->list);
    }
    const char *code = list ? code_for(list, text) : NULL;
    return code ? (*code ? code : NULL) : text;
}

struct converted convert(struct arena *arena, const struct convertible *value) {
    const char *text = collapsed(arena, value->raw);
    const char *code = recoded(value, text);
    struct converted read;
    if (!code || !*text) {
        return (struct converted){.state = CONVERTED_ABSENT};
    }
    switch (value->definition->type) {
    case TYPE_CODE:
        read = as_code(arena, value->definition, code);
        break;
    case TYPE_BOOLEAN:
        read = as_boolean(code);
        break;
    case TYPE_DATE:
    case TYPE_DATETIME:
        read = as_time(arena, value, code);
        break;
    case TYPE_DECIMAL:
    case TYPE_INTEGER:
    case TYPE_AMOUNT:
    case TYPE_QUANTITY:
    case TYPE_MASS:
        read = as_number(arena, value, code);
        break;
    default:
        read = read_as(code);
        break;
    }
    if (read.state == CONVERTED && strcmp(code, text) != 0 && !read.orig) {
        read.orig = text;
    }
    return read;
}
