#include "tree/print.h"

#include "base/buffer.h"
#include "base/plain.h"

#include <string.h>

/* How many bytes the character at text has where XML 1.0 allows it and UTF-8 is well-formed; 0: neither. */
static size_t character(const unsigned char *text) {
    if (text[0] < 0x80) {
        return text[0] >= 0x20 || text[0] == '\t' || text[0] == '\n' || text[0] == '\r';
    }
    size_t length = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
    uint32_t point = text[0] & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return 0;
        }
        point = point << 6 | (text[i] & 0x3F);
    }
    static const uint32_t least[] = {[2] = 0x80, [3] = 0x800, [4] = 0x10000};
    bool allowed = text[0] >= 0xC2 && point >= least[length] && point <= 0x10FFFF &&
                   (point < 0xD800 || point > 0xDFFF) && point != 0xFFFE && point != 0xFFFF;
    return allowed ? length : 0;
}

/* The references of C14N 1.1: in text and in attribute values other characters have one. */
static const char *reference(char c, bool in_attribute) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return in_attribute ? NULL : "&gt;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    case '\t':
        return in_attribute ? "&#x9;" : NULL;
    case '\n':
        return in_attribute ? "&#xA;" : NULL;
    case '\r':
        return "&#xD;";
    default:
        return NULL;
    }
}

static void append_escaped(struct buffer *buffer, const char *text, bool in_attribute) {
    const char *end = text + strlen(text);
    while (text < end) {
        const char *start = text;
        size_t length = 0;
        do {
            text = plain_end(text, end);
            length = *text && !reference(*text, in_attribute) ? character((const unsigned char *)text) : 0;
            text += length;
        } while (length);
        buffer_append(buffer, start, (size_t)(text - start));
        if (text == end) {
            return;
        }
        const char *escaped = reference(*text, in_attribute);
        buffer_string(buffer, escaped ? escaped : "\xEF\xBF\xBD");
        text++;
    }
}

static void append_attribute(struct buffer *buffer, const char *name, const char *value) {
    buffer_between(buffer, " ", name, "=\"");
    append_escaped(buffer, value, true);
    buffer_char(buffer, '"');
}

/* Names from the root down, without positions: which fact it was of a group, the place tells. */
static void append_names(struct buffer *buffer, const struct fact *fact) {
    if (fact->parent && fact->parent->parent) {
        append_names(buffer, fact->parent);
        buffer_char(buffer, '/');
    }
    buffer_string(buffer, fact->name);
}

static void append_sources(struct buffer *buffer, const struct fact *fact, const struct print_options *options) {
    const char *derived = NULL;
    const struct fact *from = NULL;
    bool open = false;
    for (const struct origin *origin = fact->origin; origin; origin = origin->more) {
        derived = derived ? derived : origin->derived;
        from = from ? from : origin->from;
        if (origin->element) {
            const char *id = options->document_id(origin->element->document);
            buffer_string(buffer, open ? " " : " src=\"");
            buffer_string(buffer, id ? id : "");
            buffer_char(buffer, ':');
            buffer_number(buffer, origin->line ? origin->line : origin->element->line);
            open = true;
        }
    }
    if (open) {
        buffer_char(buffer, '"');
    }
    if (from) {
        buffer_string(buffer, " derivedFrom=\"");
        append_names(buffer, from);
        buffer_char(buffer, '"');
    } else if (derived) {
        append_attribute(buffer, "derivedFrom", derived);
    }
    if (fact->state == FACT_UNREADABLE) {
        append_attribute(buffer, "state", "unreadable");
    }
}

static bool is_printed(const struct fact *fact, const struct print_options *options) {
    return *fact->name != '@' && (!fact->hidden || options->hidden);
}

static bool is_attribute(const struct fact *fact, const struct print_options *options) {
    return *fact->name == '@' && fact->value && (!fact->hidden || options->hidden);
}

/* Attributes in the order of their names, as C14N has them; none is in a namespace. */
static void append_sorted(struct buffer *buffer, const struct fact *fact, const struct print_options *options) {
    const struct fact *last = NULL;
    for (;;) {
        const struct fact *next = NULL;
        for (const struct fact *child = fact->first; child; child = child->next) {
            if (is_attribute(child, options) && (!last || strcmp(child->name, last->name) > 0) &&
                (!next || strcmp(child->name, next->name) < 0)) {
                next = child;
            }
        }
        if (!next) {
            return;
        }
        append_attribute(buffer, next->name + 1, next->value);
        last = next;
    }
}

/* Where the part that is left out stood, the white space around it stays. */
static bool is_left_out(const struct fact *fact, const struct print_options *options) {
    return options->without && strcmp(fact->name, options->without) == 0;
}

static void begin_line(struct buffer *buffer, unsigned depth, const struct print_options *options) {
    if (options->indented) {
        buffer_blanks(buffer, (size_t)depth * 2);
    }
}

/* The start tag; true where an end tag is to come. */
static bool append_start(struct buffer *buffer, const struct fact *fact, unsigned depth,
                         const struct print_options *options) {
    bool has_elements = false;
    begin_line(buffer, depth, options);
    buffer_between(buffer, "<", fact->name, "");
    if (depth == 0 && options->ns) {
        append_attribute(buffer, "xmlns", options->ns);
    }
    for (const struct fact *child = fact->first; child; child = child->next) {
        if (is_attribute(child, options) && !options->canonical) {
            append_attribute(buffer, child->name + 1, child->value);
        }
        has_elements = has_elements || is_printed(child, options);
    }
    if (options->canonical) {
        append_sorted(buffer, fact, options);
    }
    if (options->document_id) {
        append_sources(buffer, fact, options);
    }
    if (fact->hidden && options->hidden) {
        append_attribute(buffer, "hidden", "true");
    }
    bool has_text = fact->value && *fact->value;
    if (!has_elements && !has_text && options->canonical) {
        buffer_between(buffer, "></", fact->name, ">");
        return false;
    }
    buffer_string(buffer, has_elements || has_text ? ">" : "/>");
    if (has_text) {
        append_escaped(buffer, fact->value, false);
    }
    return has_elements || has_text;
}

static const struct fact *first_printed(const struct fact *fact, const struct print_options *options) {
    while (fact && !is_printed(fact, options)) {
        fact = fact->next;
    }
    return fact;
}

void tree_print(struct buffer *buffer, const struct fact *root, const struct print_options *options) {
    if (!options->canonical) {
        buffer_string(buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }
    const struct fact *fact = root;
    unsigned depth = 0;
    while (fact) {
        bool gap = is_left_out(fact, options);
        bool open = !gap && append_start(buffer, fact, depth, options);
        const struct fact *child = gap ? NULL : first_printed(fact->first, options);
        if (gap) {
            begin_line(buffer, depth, options);
        }
        if (child) {
            buffer_char(buffer, '\n');
            fact = child;
            depth++;
            continue;
        }
        if (open) {
            buffer_between(buffer, "</", fact->name, ">\n");
        } else {
            buffer_char(buffer, '\n');
        }
        const struct fact *next = fact == root ? NULL : first_printed(fact->next, options);
        while (!next && fact != root) {
            fact = fact->parent;
            depth--;
            begin_line(buffer, depth, options);
            buffer_between(buffer, "</", fact->name, ">\n");
            next = fact == root ? NULL : first_printed(fact->next, options);
        }
        fact = next;
    }
    if (options->canonical) {
        buffer->bytes[--buffer->length] = '\0'; /* no line feed behind the root */
    }
}
