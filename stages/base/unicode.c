#include "base/unicode.h"

#include "base/arena.h"

#include <unicode/uscript.h>
#include <utf8proc.h>

#include <string.h>

enum { ASCII_END = 128, SCRIPT_BITS = 64 };

bool unicode_is_ascii(const char *text) {
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c >= ASCII_END) {
            return false;
        }
    }
    return true;
}

int32_t unicode_next(const char **text) {
    const unsigned char *bytes = (const unsigned char *)*text;
    int32_t point = bytes[0];
    if (point < ASCII_END) {
        *text += point != 0;
        return point;
    }
    utf8proc_ssize_t used = utf8proc_iterate(bytes, -1, &point);
    if (used <= 0) {
        point = bytes[0];
        used = 1;
    }
    *text += used;
    return point;
}

static enum unicode_kind ascii_kind(int32_t point) {
    if ((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z')) {
        return UNICODE_LETTER;
    }
    if (point >= '0' && point <= '9') {
        return UNICODE_DIGIT;
    }
    return point == ' ' || (point >= '\t' && point <= '\r') ? UNICODE_SPACE : UNICODE_OTHER;
}

enum unicode_kind unicode_kind(int32_t point) {
    enum { NEXT_LINE = 0x85 };
    if (point < ASCII_END) {
        return ascii_kind(point);
    }
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return UNICODE_LETTER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return UNICODE_DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return UNICODE_MARK;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return UNICODE_SPACE;
    default:
        return point == NEXT_LINE ? UNICODE_SPACE : UNICODE_OTHER;
    }
}

int32_t unicode_upper(int32_t point) {
    if (point < ASCII_END) {
        return point >= 'a' && point <= 'z' ? point - ('a' - 'A') : point;
    }
    return utf8proc_toupper(point);
}

static int32_t ascii_fold(int32_t point) {
    return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
}

/* Without utf8proc: of ASCII only the case can change, and of bytes that are no UTF-8 nothing more is known. */
static int32_t *plain_points(struct arena *arena, const char *text, enum unicode_form form, size_t *count) {
    int32_t *points = arena_alloc(arena, (strlen(text) + 1) * sizeof *points);
    *count = 0;
    for (int32_t point; (point = unicode_next(&text)) != 0;) {
        points[(*count)++] = form == UNICODE_COMPATIBLE_FOLD ? ascii_fold(point) : point;
    }
    return points;
}

int32_t *unicode_decompose(struct arena *arena, const char *text, enum unicode_form form, size_t *count) {
    static const utf8proc_option_t options[] = {
        [UNICODE_CANONICAL] = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE,
        [UNICODE_COMPATIBLE] = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT,
        [UNICODE_COMPATIBLE_FOLD] =
            UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
    };
    if (unicode_is_ascii(text)) {
        return plain_points(arena, text, form, count);
    }
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t length = (utf8proc_ssize_t)strlen(text);
    utf8proc_ssize_t wanted = utf8proc_decompose(bytes, length, NULL, 0, options[form]);
    if (wanted < 0) {
        return plain_points(arena, text, form, count);
    }
    int32_t *points = arena_alloc(arena, ((size_t)wanted + 1) * sizeof *points);
    (void)utf8proc_decompose(bytes, length, points, wanted, options[form]);
    *count = (size_t)wanted;
    return points;
}

const char *unicode_compose(int32_t *points, size_t count) {
    char *text = (char *)points;
    bool ascii = true;
    for (size_t i = 0; i < count && ascii; i++) {
        ascii = points[i] < ASCII_END;
    }
    if (!ascii) {
        (void)utf8proc_reencode(points, (utf8proc_ssize_t)count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        return text;
    }
    for (size_t i = 0; i < count; i++) {
        text[i] = (char)points[i]; /* never ahead of what is still to be read */
    }
    text[count] = '\0';
    return text;
}

static UScriptCode script_of(int32_t point) {
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(point, &status);
    if (U_FAILURE(status) || script == USCRIPT_INHERITED) {
        return USCRIPT_COMMON;
    }
    return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ? USCRIPT_HAN : script;
}

bool unicode_is_east_asian(int32_t point) {
    if (point < ASCII_END) {
        return false;
    }
    UScriptCode script = script_of(point);
    return script == USCRIPT_HAN || script == USCRIPT_HANGUL;
}

struct unicode_scripts unicode_scripts(const char *text) {
    struct unicode_scripts scripts = {{0}};
    for (int32_t point; (point = unicode_next(&text)) != 0;) {
        if (unicode_kind(point) != UNICODE_LETTER) {
            continue;
        }
        UScriptCode script = point < ASCII_END ? USCRIPT_LATIN : script_of(point);
        if (script > USCRIPT_COMMON && script < UNICODE_SCRIPT_WORDS * SCRIPT_BITS) {
            scripts.bits[script / SCRIPT_BITS] |= UINT64_C(1) << script % SCRIPT_BITS;
        }
    }
    return scripts;
}

bool unicode_scripts_meet(const struct unicode_scripts *a, const struct unicode_scripts *b) {
    uint64_t any_a = 0;
    uint64_t any_b = 0;
    uint64_t both = 0;
    for (int i = 0; i < UNICODE_SCRIPT_WORDS; i++) {
        any_a |= a->bits[i];
        any_b |= b->bits[i];
        both |= a->bits[i] & b->bits[i];
    }
    return both || !any_a || !any_b;
}
