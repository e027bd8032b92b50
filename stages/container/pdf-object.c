#include "container/pdf-object.h"

#include "base/arena.h"

#include <string.h>

enum { MOST_DEPTH = 64, OBJECT_WORK = 16, MOST_DIGITS = 18 };

bool pdf_spend(const struct pdf_source *source, size_t work) {
    if (*source->work < work) {
        *source->work = 0;
        return false;
    }
    *source->work -= work;
    return true;
}

static bool is_space(unsigned char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(unsigned char c) {
    return c && strchr("()<>[]{}/%", c) != NULL;
}

static bool is_regular(unsigned char c) {
    return !is_space(c) && !is_delimiter(c);
}

static bool is_digit(unsigned char c) {
    return c >= '0' && c <= '9';
}

static int hex_value(unsigned char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    unsigned char lower = (unsigned char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* White space, and comments to the end of their line. */
static void skip(const struct pdf_source *source, size_t *at) {
    size_t start = *at;
    bool comment = false;
    for (; *at < source->length; (*at)++) {
        unsigned char c = source->bytes[*at];
        if (comment ? c == '\n' || c == '\r' : c == '%') {
            comment = !comment;
        } else if (!comment && !is_space(c)) {
            break;
        }
    }
    (void)pdf_spend(source, *at - start);
}

bool pdf_word(const struct pdf_source *source, size_t *at, const char *word) {
    skip(source, at);
    size_t length = strlen(word);
    if (source->length - *at < length || memcmp(source->bytes + *at, word, length) != 0) {
        return false;
    }
    *at += length;
    return pdf_spend(source, length);
}

bool pdf_whole(const struct pdf_source *source, size_t *at, int64_t *out) {
    skip(source, at);
    size_t start = *at;
    *out = 0;
    while (*at < source->length && is_digit(source->bytes[*at]) && *at - start < MOST_DIGITS) {
        *out = *out * 10 + (source->bytes[(*at)++] - '0');
    }
    bool ended = *at == source->length || !is_regular(source->bytes[*at]);
    return *at > start && ended && pdf_spend(source, *at - start);
}

static struct pdf_object *make(const struct pdf_source *source, enum pdf_kind kind) {
    if (!pdf_spend(source, OBJECT_WORK)) {
        return NULL;
    }
    struct pdf_object *object = arena_zero(source->arena, sizeof *object);
    object->kind = kind;
    return object;
}

/* ---- names and strings ---- */

static struct pdf_object *read_name(const struct pdf_source *source, size_t *at) {
    size_t end = ++*at;
    while (end < source->length && is_regular(source->bytes[end])) {
        end++;
    }
    struct pdf_object *name = pdf_spend(source, end - *at) ? make(source, PDF_NAME) : NULL;
    if (!name) {
        return NULL;
    }
    unsigned char *out = arena_alloc(source->arena, end - *at + 1);
    name->bytes = out;
    for (size_t i = *at; i < end; i++) {
        int high = source->bytes[i] == '#' && end - i > 2 ? hex_value(source->bytes[i + 1]) : -1;
        int low = high >= 0 ? hex_value(source->bytes[i + 2]) : -1;
        *out++ = low >= 0 ? (unsigned char)(high * 16 + low) : source->bytes[i];
        i += low >= 0 ? 2 : 0;
    }
    name->length = (size_t)(out - name->bytes);
    *at = end;
    return name;
}

/* Behind the last parenthesis of a literal string; 0: it does not end. */
static size_t literal_end(const struct pdf_source *source, size_t at) {
    size_t open = 0;
    for (; at < source->length; at++) {
        unsigned char c = source->bytes[at];
        if (c == '\\') {
            at++;
        } else if (c == '(') {
            open++;
        } else if (c == ')' && --open == 0) {
            return at + 1;
        }
    }
    return 0;
}

/* What stands behind a backslash (7.3.4.2); moves *at to its last byte. Returns -1: nothing, a line goes on. */
static int escaped(const struct pdf_source *source, size_t *at, size_t end) {
    static const char letters[] = "nrtbf", meanings[] = "\n\r\t\b\f";
    unsigned char c = source->bytes[*at];
    const char *letter = c ? strchr(letters, c) : NULL;
    if (letter) {
        return meanings[letter - letters];
    }
    if (c == '\r' || c == '\n') {
        *at += c == '\r' && *at + 1 < end && source->bytes[*at + 1] == '\n';
        return -1;
    }
    if (c < '0' || c > '7') {
        return c;
    }
    int value = c - '0';
    for (int i = 0; i < 2 && *at + 1 < end && source->bytes[*at + 1] >= '0' && source->bytes[*at + 1] <= '7'; i++) {
        value = value * 8 + (source->bytes[++*at] - '0');
    }
    return value & 0xff;
}

static struct pdf_object *read_literal(const struct pdf_source *source, size_t *at) {
    size_t end = literal_end(source, *at);
    if (!end) {
        (void)pdf_spend(source, source->length - *at);
        return NULL;
    }
    struct pdf_object *string = pdf_spend(source, end - *at) ? make(source, PDF_STRING) : NULL;
    if (!string) {
        return NULL;
    }
    unsigned char *out = arena_alloc(source->arena, end - *at);
    string->bytes = out;
    size_t last = end - 1;
    for (size_t i = *at + 1; i < last; i++) {
        int c = source->bytes[i];
        if (c == '\\') {
            i++;
            c = escaped(source, &i, last);
        }
        if (c >= 0) {
            *out++ = (unsigned char)c;
        }
    }
    string->length = (size_t)(out - string->bytes);
    *at = end;
    return string;
}

static struct pdf_object *read_hexadecimal(const struct pdf_source *source, size_t *at) {
    const unsigned char *close = memchr(source->bytes + *at, '>', source->length - *at);
    size_t end = close ? (size_t)(close - source->bytes) : source->length;
    if (!pdf_spend(source, end - *at) || !close) {
        return NULL;
    }
    struct pdf_object *string = make(source, PDF_STRING);
    if (!string) {
        return NULL;
    }
    unsigned char *out = arena_zero(source->arena, (end - *at) / 2 + 1);
    string->bytes = out;
    size_t digits = 0;
    for (size_t i = *at + 1; i < end; i++) {
        int value = hex_value(source->bytes[i]);
        if (value >= 0) {
            out[digits / 2] = (unsigned char)(out[digits / 2] | (digits % 2 ? value : value << 4));
            digits++;
        }
    }
    string->length = (digits + 1) / 2; /* a last digit alone stands for itself and a zero */
    *at = end + 1;
    return string;
}

/* ---- numbers, words, references ---- */

/* "12 0 R" at *at, whose first number was read already. */
static bool is_reference(const struct pdf_source *source, size_t *at) {
    size_t behind = *at;
    int64_t generation;
    if (!pdf_whole(source, &behind, &generation)) {
        return false;
    }
    skip(source, &behind);
    if (behind >= source->length || source->bytes[behind] != 'R' ||
        (behind + 1 < source->length && is_regular(source->bytes[behind + 1]))) {
        return false;
    }
    *at = behind + 1;
    return true;
}

static struct pdf_object *read_number(const struct pdf_source *source, size_t *at) {
    size_t behind = *at;
    int64_t number;
    bool negative = source->bytes[*at] == '-';
    behind += negative || source->bytes[*at] == '+';
    if (!pdf_whole(source, &behind, &number)) {
        return NULL;
    }
    struct pdf_object *object = make(source, PDF_INTEGER);
    if (!object) {
        return NULL;
    }
    object->number = negative ? -number : number;
    *at = behind;
    if (!negative && is_reference(source, at)) {
        object->kind = PDF_REFERENCE;
    }
    return object;
}

static struct pdf_object *read_word(const struct pdf_source *source, size_t *at) {
    size_t end = *at;
    while (end < source->length && is_regular(source->bytes[end])) {
        end++;
    }
    size_t length = end - *at;
    const char *word = (const char *)source->bytes + *at;
    bool null = length == 4 && memcmp(word, "null", 4) == 0;
    bool known = null || (length == 4 && memcmp(word, "true", 4) == 0) ||
                 (length == 5 && memcmp(word, "false", 5) == 0) || (length && strchr("+-.0123456789", *word));
    if (!pdf_spend(source, length) || !known) {
        return NULL;
    }
    *at = end;
    return make(source, null ? PDF_NULL : PDF_OTHER);
}

/* ---- arrays and dictionaries ---- */

static struct pdf_object *read_object(const struct pdf_source *source, size_t *at, unsigned depth);

static struct pdf_object *read_members(const struct pdf_source *source, size_t *at, enum pdf_kind kind,
                                       unsigned depth) {
    const char *close = kind == PDF_ARRAY ? "]" : ">>";
    struct pdf_object *all = depth < MOST_DEPTH ? make(source, kind) : NULL;
    const struct pdf_object **end = all ? &all->first : NULL;
    *at += strlen(close);
    for (size_t count = 0; all; count++) {
        if (pdf_word(source, at, close)) {
            return kind == PDF_ARRAY || count % 2 == 0 ? all : NULL;
        }
        struct pdf_object *member = read_object(source, at, depth + 1);
        if (!member || (kind == PDF_DICTIONARY && count % 2 == 0 && member->kind != PDF_NAME)) {
            return NULL;
        }
        *end = member;
        end = &member->next;
    }
    return NULL;
}

static struct pdf_object *read_object(const struct pdf_source *source, size_t *at, unsigned depth) {
    skip(source, at);
    if (*at >= source->length) {
        return NULL;
    }
    unsigned char c = source->bytes[*at];
    bool twice = *at + 1 < source->length && source->bytes[*at + 1] == c;
    switch (c) {
    case '/':
        return read_name(source, at);
    case '(':
        return read_literal(source, at);
    case '[':
        return read_members(source, at, PDF_ARRAY, depth);
    case '<':
        return twice ? read_members(source, at, PDF_DICTIONARY, depth) : read_hexadecimal(source, at);
    default:
        break;
    }
    struct pdf_object *number = is_digit(c) || c == '-' || c == '+' ? read_number(source, at) : NULL;
    return number ? number : read_word(source, at);
}

struct pdf_object *pdf_parse(const struct pdf_source *source, size_t *at) {
    return read_object(source, at, 0);
}

const struct pdf_object *pdf_get(const struct pdf_object *dictionary, const char *key) {
    if (!dictionary || dictionary->kind != PDF_DICTIONARY) {
        return NULL;
    }
    const struct pdf_object *at = dictionary->first;
    while (at && !pdf_is_name(at, key)) {
        at = at->next->next; /* a dictionary has a value to every key */
    }
    return at ? at->next : NULL;
}

bool pdf_is_name(const struct pdf_object *object, const char *name) {
    return object && object->kind == PDF_NAME && object->length == strlen(name) &&
           memcmp(object->bytes, name, object->length) == 0;
}
