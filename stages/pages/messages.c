#include "pages/messages.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/problems.h"
#include "tree/names.h"
#include "tree/source.h"
#include "xml/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CATALOGUE_LIMIT = 1 << 20, LANGUAGES = 2 };

static const char *const languages[LANGUAGES] = {"en", "zh"};
static const struct xml_limits limits = {.max_bytes = CATALOGUE_LIMIT, .max_text = CATALOGUE_LIMIT, .max_depth = 8};

struct message {
    const char *id, *text;
    const struct source *at;
};

struct catalogue {
    const char *path;
    struct message *messages; /* by id */
    size_t count, capacity;
    struct message_word *words; /* in the order of the file */
    size_t word_count, word_capacity;
};

struct messages {
    struct catalogue catalogues[LANGUAGES];
};

struct reading {
    struct arena *arena;
    struct names *names;
    struct problems *problems;
    struct catalogue *catalogue;
};

static void complain(const struct reading *r, const struct source *at, const char *what, const char *name) {
    problem(r->problems, r->catalogue->path, at->element->line, at->element->column, what, name);
}

static const char *attribute(const struct source *at, const char *name) {
    for (const struct source_attribute *a = at->attributes; a; a = a->next) {
        if (strcmp(a->written, name) == 0) {
            return a->value;
        }
    }
    return NULL;
}

static bool is_named(const struct source *at, const char *name) {
    return !at->ns && strcmp(at->name, name) == 0;
}

/* The text of an element with each run of white space as one blank: a long sentence may be broken over lines. */
static const char *text_of(struct arena *arena, const struct source *at) {
    char *made = arena_string(arena, at->text ? at->text : "");
    size_t length = 0;
    for (const char *from = made; *from; from++) {
        bool blank = strchr(" \t\r\n", *from) != NULL;
        if (!blank) {
            made[length++] = *from;
        } else if (length && made[length - 1] != ' ') {
            made[length++] = ' ';
        }
    }
    if (length && made[length - 1] == ' ') {
        length--;
    }
    made[length] = '\0';
    return made;
}

static void read_words(const struct reading *r, const struct source *list) {
    struct catalogue *c = r->catalogue;
    const char *page = attribute(list, "page");
    if (!page) {
        complain(r, list, "words say of which page they are: %s", "page=\"record\", or \"all\"");
        return;
    }
    for (const struct source *at = list->first; at; at = at->next) {
        const char *id = attribute(at, "id");
        if (!is_named(at, "word") || !id) {
            complain(r, at, "%s", "only <word id=\"…\"> may stand here");
            continue;
        }
        if (c->word_count == c->word_capacity) {
            c->words = arena_grow(r->arena, c->words, &c->word_capacity, sizeof *c->words);
        }
        c->words[c->word_count++] =
            (struct message_word){names_intern(r->names, id), text_of(r->arena, at), arena_string(r->arena, page)};
    }
}

static void read_message(const struct reading *r, const struct source *at) {
    struct catalogue *c = r->catalogue;
    const char *id = attribute(at, "id");
    if (!id || !*id) {
        complain(r, at, "%s", "a message has an id");
        return;
    }
    if (c->count == c->capacity) {
        c->messages = arena_grow(r->arena, c->messages, &c->capacity, sizeof *c->messages);
    }
    c->messages[c->count++] = (struct message){arena_string(r->arena, id), text_of(r->arena, at), at};
}

static int by_id(const void *a, const void *b) {
    return strcmp(((const struct message *)a)->id, ((const struct message *)b)->id);
}

static void sort(const struct reading *r) {
    struct catalogue *c = r->catalogue;
    if (c->count) {
        qsort(c->messages, c->count, sizeof *c->messages, by_id);
    }
    for (size_t i = 1; i < c->count; i++) {
        if (strcmp(c->messages[i - 1].id, c->messages[i].id) == 0) {
            complain(r, c->messages[i].at, "a second message \"%s\"", c->messages[i].id);
        }
    }
}

static void read_catalogue(const struct reading *r, const struct source *root, const char *language) {
    const char *lang = attribute(root, "lang");
    if (!is_named(root, "messages") || !lang || strcmp(lang, language) != 0) {
        complain(r, root, "the root is <messages lang=\"%s\">", language);
        return;
    }
    for (const struct source *at = root->first; at; at = at->next) {
        if (is_named(at, "words")) {
            read_words(r, at);
        } else if (is_named(at, "message")) {
            read_message(r, at);
        } else {
            complain(r, at, "%s", "only <words> and <message> may stand here");
        }
    }
    sort(r);
}

/* The document stays until all is checked, for the lines of messages: *xml. */
static void load_one(const struct reading *r, const char *language, struct xml_document **xml) {
    size_t length = 0;
    char *bytes = file_read(r->catalogue->path, CATALOGUE_LIMIT, &length);
    if (!bytes) {
        problem(r->problems, r->catalogue->path, 0, 0, "cannot be read: %s", strerror(errno));
        return;
    }
    *xml = xml_parse_scratch(r->arena, NULL, (const unsigned char *)bytes, length, 1, &limits);
    if (xml_state(*xml) == XML_WELL_FORMED) {
        read_catalogue(r, xml_source_loading(*xml, r->names), language);
    } else {
        uint32_t line = 0;
        uint32_t column = 0;
        const char *message = xml_message(*xml, &line, &column);
        problem(r->problems, r->catalogue->path, line, column, "%s", message ? message : "is not well-formed");
    }
    free(bytes);
}

static const struct message *find(const struct catalogue *c, const char *id) {
    struct message key = {.id = id};
    return c->count ? bsearch(&key, c->messages, c->count, sizeof key, by_id) : NULL;
}

static bool has_word(const struct catalogue *c, const struct message_word *word) {
    for (size_t i = 0; i < c->word_count; i++) {
        if (c->words[i].name == word->name && strcmp(c->words[i].page, word->page) == 0) {
            return true;
        }
    }
    return false;
}

/* What English does not have, nobody asks for: most likely an id that was misspelt. */
static void compare(const struct reading *r, const struct catalogue *english) {
    const struct catalogue *other = r->catalogue;
    for (size_t i = 0; i < other->count; i++) {
        if (!find(english, other->messages[i].id)) {
            complain(r, other->messages[i].at, "messages.en.xml has no message \"%s\"", other->messages[i].id);
        }
    }
    for (size_t i = 0; i < other->word_count; i++) {
        if (!has_word(english, &other->words[i])) {
            problem(r->problems, other->path, 0, 0, "messages.en.xml has no word \"%s\" of page \"%s\"",
                    other->words[i].name, other->words[i].page);
        }
    }
}

struct messages *messages_load(struct arena *arena, const char *folder, struct names *names,
                               struct problems *problems) {
    struct messages *messages = arena_zero(arena, sizeof *messages);
    struct xml_document *documents[LANGUAGES] = {0};
    size_t before = problems->count;
    for (size_t i = 0; i < LANGUAGES; i++) {
        struct catalogue *catalogue = &messages->catalogues[i];
        struct reading r = {arena, names, problems, catalogue};
        catalogue->path = arena_printf(arena, "%s/messages.%s.xml", folder, languages[i]);
        load_one(&r, languages[i], &documents[i]);
        if (i && problems->count == before) {
            compare(&r, &messages->catalogues[0]);
        }
    }
    for (size_t i = 0; i < LANGUAGES; i++) {
        xml_release(documents[i]);
    }
    return problems->count == before ? messages : NULL;
}

static const struct catalogue *catalogue_of(const struct messages *messages, const char *language) {
    return &messages->catalogues[strcmp(language, languages[0]) != 0];
}

const char *messages_find(const struct messages *messages, const char *language, const char *id, bool *translated) {
    const struct message *found = find(catalogue_of(messages, language), id);
    *translated = found != NULL;
    found = found ? found : find(&messages->catalogues[0], id);
    return found ? found->text : NULL;
}

static const struct message_word *translation(const struct catalogue *c, const struct message_word *word) {
    for (size_t i = 0; i < c->word_count; i++) {
        if (c->words[i].name == word->name && strcmp(c->words[i].page, word->page) == 0) {
            return &c->words[i];
        }
    }
    return word;
}

const struct message_word *messages_next_word(const struct messages *messages, const char *language, const char *page,
                                              size_t *index) {
    const struct catalogue *english = &messages->catalogues[0];
    while (*index < english->word_count) {
        const struct message_word *word = &english->words[(*index)++];
        if (strcmp(word->page, "all") == 0 || strcmp(word->page, page) == 0) {
            return translation(catalogue_of(messages, language), word);
        }
    }
    return NULL;
}

void message_fill(struct buffer *out, const char *text, size_t length, const struct message_value *values,
                  size_t count) {
    const char *end = text + length;
    while (text < end) {
        const char *open = memchr(text, '{', (size_t)(end - text));
        const char *close = open ? memchr(open, '}', (size_t)(end - open)) : NULL;
        size_t i = 0;
        buffer_append(out, text, (size_t)((close ? open : end) - text));
        if (!close) {
            return;
        }
        size_t name = (size_t)(close - open) - 1;
        while (i < count && (strlen(values[i].name) != name || memcmp(values[i].name, open + 1, name) != 0)) {
            i++;
        }
        if (i < count) {
            buffer_string(out, values[i].text ? values[i].text : "");
        } else {
            buffer_append(out, open, name + 2);
        }
        text = close + 1;
    }
}
