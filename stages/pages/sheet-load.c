/* Reads a stylesheet with the files that it includes, and what stands at their top. */
#include "base/arena.h"
#include "base/file.h"
#include "base/problems.h"
#include "pages/sheet-build.h"
#include "pages/sheet.h"
#include "tree/names.h"
#include "xml/parse.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 1 << 20, FILES = 16, GLOBALS = 64 };

static const struct xml_limits limits = {.max_bytes = FILE_LIMIT, .max_text = FILE_LIMIT, .max_depth = 64};
static const char xslt[] = "http://www.w3.org/1999/XSL/Transform";

/* ---- Files ---- */

static void parse(struct sheet_build *build, struct sheet_file *file, const char *bytes, size_t length) {
    file->xml = xml_parse_scratch(build->arena, NULL, (const unsigned char *)bytes, length, 1, &limits);
    if (xml_state(file->xml) == XML_WELL_FORMED) {
        file->root = xml_source_loading(file->xml, build->names);
        return;
    }
    uint32_t line = 0;
    uint32_t column = 0;
    const char *message = xml_message(file->xml, &line, &column);
    problem(build->problems, file->path, line, column, "%s", message ? message : "not well-formed");
}

/* NULL: it could not be read. */
static const struct sheet_file *read_file(struct sheet_build *build, const char *path) {
    size_t length = 0;
    char *bytes = file_read(path, FILE_LIMIT, &length);
    if (!bytes) {
        problem(build->problems, path, 0, 0, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    struct sheet_file *file = arena_zero(build->arena, sizeof *file);
    file->path = path;
    file->next = build->files;
    build->files = file;
    build->file_count++;
    parse(build, file, bytes, length);
    free(bytes);
    return file->root ? file : NULL;
}

/* ---- What stands at the top of a file ---- */

static void read_sheet(struct sheet_build *build, const struct sheet_file *file);

static void read_include(struct sheet_writer *w, const struct source *at) {
    const char *name = sheet_attribute(at, "href");
    const char *slash = strrchr(w->file->path, '/');
    if (!name || !*name || strchr(name, '/')) {
        sheet_complain(w, at, "href names a file of the same folder");
        return;
    }
    const char *path =
        arena_printf(w->build->arena, "%.*s%s", slash ? (int)(slash + 1 - w->file->path) : 0, w->file->path, name);
    for (const struct sheet_file *file = w->build->files; file; file = file->next) {
        if (strcmp(file->path, path) == 0) {
            sheet_complain(w, at, "%s is included a second time", name);
            return;
        }
    }
    if (w->build->file_count == FILES) {
        sheet_complain(w, at, "a stylesheet of more than %d files", FILES);
        return;
    }
    const struct sheet_file *file = read_file(w->build, path);
    if (file) {
        read_sheet(w->build, file);
    }
}

/* The one output that is written. */
static void read_output(struct sheet_writer *w, const struct source *at) {
    static const char *const wanted[][2] = {
        {"method", "html"}, {"encoding", "UTF-8"}, {"doctype-system", "about:legacy-compat"}, {"indent", "no"}};
    size_t given = 0;
    for (const struct source_attribute *a = at->attributes; a; a = a->next) {
        given++;
    }
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const char *value = sheet_attribute(at, wanted[i][0]);
        if (!value || strcmp(value, wanted[i][1]) != 0 || given != sizeof wanted / sizeof *wanted) {
            sheet_complain(w, at,
                           "xsl:output is method=\"html\" encoding=\"UTF-8\" doctype-system=\"about:legacy-compat\" "
                           "indent=\"no\"");
            return;
        }
    }
    w->build->has_output = true;
}

static void read_variable(struct sheet_writer *w, const struct source *at) {
    const char *select = sheet_attribute(at, "select");
    struct sheet_build *build = w->build;
    size_t i = build->sheet->global_count;
    if (!select || i == GLOBALS) {
        sheet_complain(w, at, "a variable of the whole stylesheet has a select, and there are at most %d", GLOBALS);
        return;
    }
    w->scope = build->globals;
    const struct sheet_expression *value = sheet_expression(w, at, "select", select);
    build->sheet->globals[i] = value;
    build->globals = sheet_declare(w, at, sheet_attribute(at, "name"), value ? value->type : SHEET_NONE);
}

/* match is / or /ROOT. */
static void read_match(struct sheet_writer *w, const struct source *at, struct sheet_draft *draft, const char *match) {
    if (w->build->sheet->main) {
        sheet_complain(w, at, "a second template with match: one writes the page");
    } else if (*match != '/' || strpbrk(match + 1, "/*@[|: ")) {
        sheet_complain(w, at, "match is / or /ROOT, where the page begins");
    } else {
        w->build->sheet->main = &draft->template;
        w->build->sheet->root = match[1] ? names_intern(w->build->names, match + 1) : NULL;
    }
}

static void read_template(struct sheet_writer *w, const struct source *at) {
    const char *name = sheet_attribute(at, "name");
    const char *match = sheet_attribute(at, "match");
    struct sheet_draft *draft = arena_zero(w->build->arena, sizeof *draft);
    *draft = (struct sheet_draft){.name = name, .file = w->file, .at = at};
    struct sheet_draft **link = &w->build->drafts;
    for (; *link; link = &(*link)->next) {
        if (name && (*link)->name && strcmp((*link)->name, name) == 0) {
            sheet_complain(w, at, "a second template \"%s\"", name);
        }
    }
    *link = draft;
    if (!name == !match || !at->attributes || at->attributes->next) {
        sheet_complain(w, at, "a template has a name or a match, and nothing else");
    } else if (match) {
        read_match(w, at, draft, match);
    }
}

static void read_sheet(struct sheet_build *build, const struct sheet_file *file) {
    static const struct {
        const char *name;
        void (*read)(struct sheet_writer *w, const struct source *at);
    } rows[] = {
        {"include", read_include},
        {"output", read_output},
        {"template", read_template},
        {"variable", read_variable},
    };
    struct sheet_writer w = {.build = build, .file = file};
    const char *version = sheet_attribute(file->root, "version");
    if (!file->root->ns || strcmp(file->root->ns, xslt) != 0 || strcmp(file->root->name, "stylesheet") != 0 ||
        !version || strcmp(version, "1.0") != 0) {
        sheet_complain(&w, file->root, "no XSLT stylesheet of version 1.0");
        return;
    }
    for (const struct source *at = file->root->first; at; at = at->next) {
        size_t i = 0;
        while (i < sizeof rows / sizeof *rows &&
               (!at->ns || strcmp(at->ns, xslt) != 0 || strcmp(rows[i].name, at->name) != 0)) {
            i++;
        }
        if (i < sizeof rows / sizeof *rows) {
            rows[i].read(&w, at);
        } else {
            sheet_complain(&w, at, "element %s is not part of the subset", at->element->name);
        }
    }
}

/* ---- The whole ---- */

static void compile(struct sheet_build *build, const struct sheet_file *file) {
    struct sheet_writer w = {.build = build, .file = file};
    if (!build->has_output) {
        sheet_complain(&w, file->root, "xsl:output is missing");
    }
    if (!build->sheet->main) {
        sheet_complain(&w, file->root, "no template has a match: nothing writes the page");
    }
    for (struct sheet_draft *draft = build->drafts; draft; draft = draft->next) {
        sheet_compile_draft(build, draft);
    }
}

struct sheet *sheet_load(struct arena *arena, const char *path, struct names *names, const struct fact *known,
                         struct problems *problems) {
    size_t before = problems->count;
    struct sheet *sheet = arena_zero(arena, sizeof *sheet);
    struct sheet_build build = {.arena = arena, .names = names, .problems = problems, .sheet = sheet};
    sheet->names = names;
    build.known = fact_above(known);
    sheet->globals = arena_zero(arena, GLOBALS * sizeof(const struct sheet_expression *));
    const struct sheet_file *file = read_file(&build, arena_string(arena, path));
    if (file) {
        read_sheet(&build, file);
        compile(&build, file);
    }
    for (const struct sheet_file *used = build.files; used; used = used->next) {
        xml_release(used->xml);
    }
    return problems->count == before ? sheet : NULL;
}
