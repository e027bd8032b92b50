/* SWIFT text: ":32B:USD78400,00" becomes an element _32B whose text is the value and the lines that follow it.
 *
 * A message is known by its header ({2:O700…, {2:I700…) or, where a file holds block 4 alone, by the fields that
 * every credit has. The root is MT700 (701, 707 …), its fields are its children; line and column are the value's.
 */
#include "facts/readers.h"

#include "base/arena.h"
#include "tree/names.h"

#include <ctype.h>
#include <string.h>

static const char mt_ns[] = "urn:tidewaiter:reader:mt";

enum { SNIFFED = 65536, MOST_FIELDS = 1000, LONGEST_TAG = 3 };

static const unsigned char *find(const unsigned char *bytes, size_t length, const char *text) {
    return memmem(bytes, length, text, strlen(text));
}

/* The message type in the header, "700"; NULL: no header of a documentary credit. */
static const char *type_in_header(const unsigned char *bytes, size_t length) {
    const unsigned char *header = find(bytes, length < SNIFFED ? length : SNIFFED, "{2:");
    if (!header || bytes + length - header < 7 || (header[3] != 'O' && header[3] != 'I')) {
        return NULL;
    }
    const char *type = (const char *)header + 4;
    return type[0] == '7' && type[1] == '0' && isdigit((unsigned char)type[2]) ? type : NULL;
}

bool mt_sniff(const unsigned char *bytes, size_t length) {
    if (type_in_header(bytes, length)) {
        return true;
    }
    size_t looked = length < SNIFFED ? length : SNIFFED;
    return looked && (*bytes == ':' || *bytes == '{') && find(bytes, looked, ":27:") && find(bytes, looked, ":40A:") &&
           find(bytes, looked, ":20:");
}

/* The length of a tag like ":32B:" at the start of a line; 0: none. */
static size_t tag_length(const char *line, size_t length) {
    if (length < 4 || *line != ':' || !isdigit((unsigned char)line[1]) || !isdigit((unsigned char)line[2])) {
        return 0;
    }
    size_t at = isupper((unsigned char)line[3]) ? 4 : 3;
    return at < length && line[at] == ':' ? at + 1 : 0;
}

struct making {
    struct arena *arena;
    const struct document *document;
    const struct names *names;
    struct source *root;
    size_t fields;
};

static struct source *make(struct making *m, const char *name, uint32_t line, uint32_t column) {
    struct element *element = arena_zero(m->arena, sizeof *element);
    struct source *source = arena_zero(m->arena, sizeof *source);
    *element = (struct element){.document = m->document,
                                .parent = m->root ? m->root->element : NULL,
                                .name = arena_printf(m->arena, "mt:%s", name),
                                .line = line,
                                .column = column,
                                .position = 1};
    source->element = element;
    source->ns = names_find(m->names, mt_ns);
    source->name = names_find(m->names, name);
    source->parent = m->root;
    if (m->root) {
        for (const struct source *sibling = m->root->first; sibling; sibling = sibling->next) {
            element->position += strcmp(sibling->element->name, element->name) == 0;
        }
        if (m->root->last) {
            m->root->last->next = source;
        } else {
            m->root->first = source;
        }
        m->root->last = source;
    }
    return source;
}

/* The end of block 4: a line that begins with "-}", or with "-" alone. */
static bool is_end(const char *line, size_t length) {
    return length >= 1 && *line == '-' && (length == 1 || line[1] == '}' || line[1] == '\r');
}

static const char *without_returns(struct arena *arena, const char *text, size_t length) {
    char *copy = arena_copy(arena, text, length);
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        if (copy[i] != '\r') {
            copy[kept++] = copy[i];
        }
    }
    copy[kept] = '\0';
    return copy;
}

/* Lines from at to end: a tag opens a field, which goes on to the next tag or to the end of the block. */
static void read_fields(struct making *m, const char *at, const char *end, uint32_t line) {
    struct source *open = NULL;
    const char *value = NULL;
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *next = feed ? feed + 1 : end;
        size_t length = (size_t)((feed ? feed : end) - at);
        size_t tag = tag_length(at, length);
        bool last = is_end(at, length);
        if ((tag || last) && open) {
            open->text = without_returns(m->arena, value, (size_t)(at - value));
            open = NULL;
        }
        if (last || (tag && m->fields++ >= MOST_FIELDS)) {
            return;
        }
        if (tag) {
            char name[LONGEST_TAG + 2] = "_";
            memcpy(name + 1, at + 1, tag - 2);
            open = make(m, name, line, (uint32_t)tag + 1);
            value = at + tag;
        }
        at = next;
        line++;
    }
    if (open) {
        open->text = without_returns(m->arena, value, (size_t)(end - value));
    }
}

struct source *mt_read(struct arena *arena, const struct document *document, const unsigned char *bytes, size_t length,
                       uint32_t first_line, const struct names *names) {
    struct making m = {.arena = arena, .document = document, .names = names};
    const char *type = type_in_header(bytes, length);
    const char *text = (const char *)bytes;
    const char *end = text + length;
    const unsigned char *block = find(bytes, length, "{4:");
    const char *start = block ? (const char *)block + strlen("{4:") : text;
    uint32_t line = first_line;
    for (const char *c = text; c < start; c++) {
        line += *c == '\n';
    }
    struct source *root = make(&m, arena_printf(arena, "MT%.3s", type ? type : "700"), first_line, 1);
    m.root = root;
    read_fields(&m, start, end, line);
    return root->first ? root : NULL;
}
