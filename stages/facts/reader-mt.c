/* SWIFT FIN text: ":32B:USD78400,00" becomes an element _32B whose text is the value and the lines that follow it.
 *
 * A message is blocks, {1:…}{2:O700…}{3:…}{4: with the fields, each at the start of a line, -}{5:…}, or a block 4
 * alone. The root is MT700, by the type in block 2, or MT where there is no header; its children are block1, block2 …
 * and the fields; what is neither is an element "text", so that nothing is lost unseen. Line and column are the
 * value's.
 */
#include "facts/readers.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "consignment.h"
#include "tree/names.h"
#include "xml/encoding.h"

#include <ctype.h>
#include <string.h>

static const char mt_ns[] = "urn:tidewaiter:reader:mt";

enum {
    SNIFFED = 4096,
    LONGEST_MESSAGE = 65536, /* of FIN, ten thousand characters; handled files may have more white space */
    MOST_FIELDS = 1000,
    LONGEST_NAME = 8
};

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *skip_space(const char *at, const char *end) {
    while (at < end && is_space(*at)) {
        at++;
    }
    return at;
}

static bool starts(const char *at, const char *end, const char *with) {
    size_t length = strlen(with);
    return (size_t)(end - at) >= length && memcmp(at, with, length) == 0;
}

/* The length of a tag like ":32B:" or ":20:"; 0: none begins here. */
static size_t tag_length(const char *at, const char *end) {
    if (end - at < 4 || *at != ':' || !isdigit((unsigned char)at[1]) || !isdigit((unsigned char)at[2])) {
        return 0;
    }
    size_t length = isupper((unsigned char)at[3]) ? 4 : 3;
    return at + length < end && at[length] == ':' ? length + 1 : 0;
}

/* The start of the next line; end: there is none. */
static const char *next_line(const char *at, const char *end) {
    const char *feed = memchr(at, '\n', (size_t)(end - at));
    return feed ? feed + 1 : end;
}

/* ---- is it one? ---- */

/* A text that begins with block 1 or with a field, and has a field 20, the one that every message has. */
static bool is_message(const char *at, const char *end) {
    at = skip_space(at, end);
    if (starts(at, end, "{1:")) {
        return true;
    }
    bool found = false;
    if (tag_length(at, end)) {
        for (; at < end && !found; at = next_line(at, end)) {
            found = starts(at, end, ":20:");
        }
    }
    return found;
}

bool mt_sniff(const unsigned char *bytes, size_t length) {
    struct encoding encoding = encoding_detect(bytes, length);
    size_t looked = length < SNIFFED ? length : SNIFFED;
    if (encoding.ascii) {
        return is_message((const char *)bytes + encoding.mark, (const char *)bytes + looked);
    }
    struct buffer text = {0};
    (void)encoding_convert(&encoding, bytes, looked, true, &text);
    bool found = is_message(text.bytes, text.bytes + text.length);
    buffer_free(&text);
    return found;
}

/* ---- several in one file ---- */

/* A new message begins with its block 1, at the start of a line or behind the one before; without blocks with its
 * field 27, which comes first. */
static const char *next_message(const char *begin, const char *end) {
    const char *first = skip_space(begin, end);
    const char *sign = starts(first, end, "{1:") ? "{1:" : ":27:";
    for (const char *at = first; at < end && (at = memmem(at + 1, (size_t)(end - at - 1), sign, strlen(sign)));) {
        if (at[-1] == '\n' || (*sign == '{' && (at[-1] == '}' || at[-1] == '$'))) {
            return at;
        }
    }
    return NULL;
}

size_t mt_split(const unsigned char *bytes, size_t length, size_t *starts_at, size_t capacity) {
    const char *text = (const char *)bytes;
    size_t count = 1;
    starts_at[0] = 0;
    if (encoding_detect(bytes, length).ascii) {
        for (const char *at = text; count < capacity && (at = next_message(at, text + length));) {
            starts_at[count++] = (size_t)(at - text);
        }
    }
    return count;
}

/* ---- its elements ---- */

struct making {
    struct arena *arena;
    const struct document *document;
    const struct names *names;
    struct source *root;
    const char *counted; /* up to here, line and line_start are known */
    const char *line_start;
    uint32_t line;
    size_t fields;
    struct reader_fault *fault;
};

/* Line and column of a place that is not before the last one asked for. */
static uint32_t line_of(struct making *m, const char *at, uint32_t *column) {
    for (; m->counted < at; m->counted++) {
        if (*m->counted == '\n') {
            m->line++;
            m->line_start = m->counted + 1;
        }
    }
    *column = (uint32_t)(at - m->line_start) + 1;
    return m->line;
}

static bool refuse(struct making *m, const char *at, const char *message) {
    m->fault->message = message;
    m->fault->line = line_of(m, at, &m->fault->column);
    return false;
}

/* Text without carriage returns. */
static const char *plain(struct arena *arena, const char *at, const char *end) {
    char *copy = arena_copy(arena, at, (size_t)(end - at));
    size_t kept = 0;
    for (const char *c = copy; *c; c++) {
        if (*c != '\r') {
            copy[kept++] = *c;
        }
    }
    copy[kept] = '\0';
    return copy;
}

/* A new last child of the root, or the root itself; its text is [at, end). */
static void add(struct making *m, const char *name, const char *at, const char *end) {
    struct element *element = arena_zero(m->arena, sizeof *element);
    struct source *source = arena_zero(m->arena, sizeof *source);
    *element = (struct element){.document = m->document, .name = arena_printf(m->arena, "mt:%s", name), .position = 1};
    element->line = line_of(m, at, &element->column);
    source->element = element;
    source->ns = names_find(m->names, mt_ns);
    source->name = names_find(m->names, name);
    source->text = at < end ? plain(m->arena, at, end) : NULL;
    source->parent = m->root;
    if (!m->root) {
        m->root = source;
        return;
    }
    element->parent = m->root->element;
    for (const struct source *sibling = m->root->first; sibling; sibling = sibling->next) {
        element->position += strcmp(sibling->element->name, element->name) == 0;
    }
    *(m->root->last ? &m->root->last->next : &m->root->first) = source;
    m->root->last = source;
}

static bool add_field(struct making *m, const char *tag, size_t length, const char *end) {
    if (m->fields++ == MOST_FIELDS) {
        return refuse(m, tag, "more than 1000 fields");
    }
    char name[LONGEST_NAME] = "_";
    memcpy(name + 1, tag + 1, length - 2);
    add(m, name, tag + length, end);
    return true;
}

static void add_rest(struct making *m, const char *at, const char *end) {
    at = skip_space(at, end);
    if (at < end) {
        add(m, "text", at, end);
    }
}

/* The end of block 4: a line that begins with "-}", or that is "-". */
static bool is_end(const char *at, const char *end) {
    return *at == '-' && (at + 1 == end || at[1] == '}' || at[1] == '\r' || at[1] == '\n');
}

/* Fields up to the end of block 4, which is the result; a tag opens a field, which goes on to the next. The end of the
 * text where no block ends; NULL: refused. */
static const char *read_fields(struct making *m, const char *at, const char *end) {
    const char *open = NULL;
    const char *before = at;
    size_t tag = 0;
    for (; at < end && !is_end(at, end); at = next_line(at, end)) {
        size_t length = tag_length(at, end);
        if (!length) {
            continue;
        }
        if (!open) {
            add_rest(m, before, at);
        } else if (!add_field(m, open, tag, at)) {
            return NULL;
        }
        open = at;
        tag = length;
    }
    if (!open) {
        (void)refuse(m, before, "it has no field");
        return NULL;
    }
    return add_field(m, open, tag, at) ? at : NULL;
}

/* The end of a block that may hold others, {3:{108:…}}; NULL: it is not closed. */
static const char *block_end(const char *at, const char *end) {
    size_t depth = 0;
    for (; at < end; at++) {
        depth += *at == '{';
        if (*at == '}' && --depth == 0) {
            return at;
        }
    }
    return NULL;
}

static const char *read_block_4(struct making *m, const char *block, const char *end) {
    const char *lines = next_line(block, end);
    if (lines == end) {
        (void)refuse(m, block, "its fields are not in lines");
        return NULL;
    }
    add_rest(m, block + strlen("{4:"), lines);
    const char *at = read_fields(m, lines, end);
    if (at && !starts(at, end, "-}")) {
        (void)refuse(m, at, "block 4 is not closed: the message is cut off");
        return NULL;
    }
    return at ? at + strlen("-}") : NULL;
}

static bool read_blocks(struct making *m, const char *at, const char *end) {
    while (starts(at, end, "{") && end - at > 2 && at[2] == ':' && !(at[1] == '1' && m->fields)) {
        if (at[1] == '4') {
            at = read_block_4(m, at, end);
            if (!at) {
                return false;
            }
        } else {
            const char *close = block_end(at, end);
            if (!close) {
                return refuse(m, at, "a block is not closed: the message is cut off");
            }
            char name[] = "block?";
            name[strlen("block")] = at[1];
            add(m, name, at + 3, close);
            at = close + 1;
        }
        at = skip_space(at, end);
    }
    add_rest(m, starts(at, end, "$") ? at + 1 : at, end); /* files of several messages have a $ between them */
    return m->fields > 0 || refuse(m, at, "it has no field");
}

static bool read_bare(struct making *m, const char *at, const char *end) {
    at = read_fields(m, at, end);
    if (at) {
        add_rest(m, next_line(at, end), end);
    }
    return at != NULL;
}

/* Characters that no text has, and pages could not show. */
static const char *find_control(const char *at, const char *end) {
    while (at < end && ((unsigned char)*at >= ' ' || is_space(*at)) && !starts(at, end, "\xEF\xBF\xBE") &&
           !starts(at, end, "\xEF\xBF\xBF")) {
        at++;
    }
    return at;
}

/* "MT700" by block 2, {2:O700… or {2:I700…; "MT": there is none. */
static const char *root_name(struct arena *arena, const char *at, const char *end) {
    const char *bound = end - at > SNIFFED ? at + SNIFFED : end;
    const char *block = starts(at, end, "{1:") ? memmem(at, (size_t)(bound - at), "{2:", 3) : NULL;
    bool typed = block && bound - block > 7 && isdigit((unsigned char)block[4]) && isdigit((unsigned char)block[5]) &&
                 isdigit((unsigned char)block[6]);
    return typed ? arena_printf(arena, "MT%.3s", block + 4) : "MT";
}

static void read_text(struct making *m, const char *text, const char *end, bool sound) {
    m->counted = m->line_start = text;
    const char *at = skip_space(text, end);
    add(m, root_name(m->arena, at, end), at, at);
    const char *control = find_control(text, end);
    if (control < end || !sound) {
        (void)refuse(m, control, "a byte that is no text");
    } else if (end - text > LONGEST_MESSAGE) {
        (void)refuse(m, at, "longer than any message");
    } else if (starts(at, end, "{")) {
        (void)read_blocks(m, at, end);
    } else {
        (void)read_bare(m, at, end);
    }
}

struct source *mt_read(struct arena *arena, const struct document *document, const struct names *names,
                       struct reader_fault *fault) {
    struct making m = {
        .arena = arena, .document = document, .names = names, .line = document->first_line, .fault = fault};
    struct encoding encoding = encoding_detect(document->bytes, document->length);
    struct buffer text = {0};
    bool sound = encoding_convert(&encoding, document->bytes, document->length, false, &text);
    read_text(&m, text.bytes, text.bytes + text.length, sound);
    buffer_free(&text);
    return m.root;
}
