#include "pages/sheet-html.h"

#include "base/buffer.h"
#include "base/plain.h"
#include "xml/write.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const voids[] = {"area", "base",  "basefont", "br",   "col",  "frame", "hr",
                                    "img",  "input", "isindex",  "link", "meta", "param", NULL};
static const char *const raws[] = {"script", "style", NULL};
static const char *const booleans[] = {"checked", "compact",  "declare", "defer",  "disabled", "ismap",    "multiple",
                                       "nohref",  "noresize", "noshade", "nowrap", "readonly", "selected", NULL};
static const char *const uris[] = {"action", "href", "src", NULL};

enum { CASE = 'a' ^ 'A' };

static bool is_one_of(const char *name, const char *const *list) {
    while (*list && ((**list ^ *name) & ~CASE || strcasecmp(*list, name) != 0)) {
        list++;
    }
    return *list != NULL;
}

bool html_is_void(const char *element) {
    return is_one_of(element, voids);
}

bool html_is_raw(const char *element) {
    return is_one_of(element, raws);
}

bool html_is_boolean(const char *attribute) {
    return is_one_of(attribute, booleans);
}

bool html_is_uri(const char *element, const char *attribute) {
    return is_one_of(attribute, uris) || (strcasecmp(element, "a") == 0 && strcasecmp(attribute, "name") == 0);
}

/* What stands in a URI as it is, one bit per byte value: letters, digits, -_.!~*'()@/:=?;#%&,+<> where & < > are for
 * the escapes of HTML. */
static bool is_escaped(unsigned char c) {
    static const uint64_t kept[4] = {0xFFFFFFEA00000000, 0x47FFFFFE87FFFFFF, 0, 0};
    return !(kept[c >> 6] >> (c & 63) & 1);
}

static void write_escaped(struct buffer *out, unsigned char c) {
    static const char digits[] = "0123456789ABCDEF";
    const char text[] = {'%', digits[c >> 4], digits[c & 15]};
    buffer_append(out, text, sizeof text);
}

static void write_uri(struct buffer *out, const char *value) {
    struct buffer clean = {0};
    if (!xml_is_clean(value)) {
        xml_write_clean(&clean, value);
        value = clean.bytes;
    }
    const char *from = value + strspn(value, " \t\r\n");
    buffer_char(out, '"');
    for (const char *at = from; *at; at++) {
        if (is_escaped((unsigned char)*at)) {
            xml_write_text_part(out, from, (size_t)(at - from));
            write_escaped(out, (unsigned char)*at);
            from = at + 1;
        }
    }
    xml_write_text(out, from);
    buffer_char(out, '"');
    buffer_free(&clean);
}

void html_write_value(struct buffer *out, const char *value, bool uri) {
    if (uri) {
        write_uri(out, value);
        return;
    }
    size_t length = strlen(value);
    if (plain_end(value, value + length) == value + length) {
        buffer_char(out, '"');
        buffer_append(out, value, length);
        buffer_char(out, '"');
        return;
    }
    const char *next = strchr(value, '"');
    char quote = next && !strchr(value, '\'') ? '\'' : '"';
    buffer_char(out, quote);
    for (; next && quote == '"'; next = strchr(value, '"')) {
        xml_write_text_part(out, value, (size_t)(next - value));
        buffer_string(out, "&quot;");
        value = next + 1;
    }
    xml_write_text(out, value);
    buffer_char(out, quote);
}
