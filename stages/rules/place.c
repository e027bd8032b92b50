/* Where an expression stands in its file: the parser tells where elements begin, not attributes. */
#include "rules/load.h"

#include "base/arena.h"

#include <string.h>

/* A point in a file; columns count characters. */
struct point {
    const char *at;
    unsigned line, column;
};

static void step(struct point *p) {
    if (*p->at == '\n') {
        p->line++;
        p->column = 0;
    }
    p->at++;
    p->column += ((unsigned char)*p->at & 0xC0) != 0x80;
}

static void skip(struct point *p, const char *characters) {
    while (*p->at && strchr(characters, *p->at)) {
        step(p);
    }
}

static void skip_to(struct point *p, const char *characters) {
    while (*p->at && !strchr(characters, *p->at)) {
        step(p);
    }
}

static struct point element_point(const struct pack_file *file, const struct element *element) {
    unsigned line = element->line < file->line_count ? element->line : (unsigned)file->line_count;
    struct point p = {.at = file->lines[line - 1], .line = line, .column = 1};
    while (*p.at && p.line == element->line && p.column < element->column) {
        step(&p);
    }
    return p;
}

/* The first character of an attribute's value within the start tag at p. False: it is not found there. */
static bool value_point(struct point *p, const char *name) {
    size_t length = strlen(name);
    skip_to(p, " \t\r\n>");
    for (;;) {
        skip(p, " \t\r\n");
        bool found = strncmp(p->at, name, length) == 0 && strchr(" \t\r\n=", p->at[length]);
        skip_to(p, "'\">");
        if (*p->at != '\'' && *p->at != '"') {
            return false;
        }
        const char quote[2] = {*p->at, '\0'};
        step(p);
        if (found) {
            return true;
        }
        skip_to(p, quote);
        if (!*p->at) {
            return false;
        }
        step(p);
    }
}

/* The value, with the line breaks that the parser made blanks: positions within it are then those of the file. */
static const char *with_lines(struct arena *arena, const char *value, const char *raw) {
    char *text = arena_string(arena, value);
    for (char *c = text; *c && *raw; c++) {
        if (*raw == '\n' && *c == ' ') {
            *c = '\n';
        }
        if (*raw == '&' && strchr(raw, ';')) {
            raw = strchr(raw, ';');
        }
        raw++;
    }
    return text;
}

struct place attribute_place(struct loader *loader, const struct pack_file *file, const struct source *at,
                             const char **text) {
    const struct source_attribute *a = at->attributes;
    while (a && a->value != *text) {
        a = a->next;
    }
    struct point p = element_point(file, at->element);
    if (!a || !value_point(&p, a->written)) {
        return (struct place){.file = file->path, .line = at->element->line, .column = at->element->column};
    }
    *text = with_lines(loader->arena, *text, p.at);
    return (struct place){.file = file->path, .line = p.line, .column = p.column};
}
