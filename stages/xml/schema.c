#include "xml/schema.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/problems.h"
#include "xml/folder.h"
#include "xml/schema-inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct named_schema {
    const char *name;
    struct xml_schema *schema;
};

struct xml_schemas {
    struct arena *arena;
    struct named_schema *items; /* in order of name */
    size_t count, capacity;
};

struct loading {
    const char *path;
    struct problems *problems;
};

static void on_fault(void *context, xmlError *fault) {
    const struct loading *loading = context;
    if (fault->level == XML_ERR_WARNING) {
        return;
    }
    size_t length = strcspn(fault->message, "\n");
    problem(loading->problems, fault->file ? fault->file : loading->path, fault->line > 0 ? (unsigned)fault->line : 0,
            0, "%.*s", (int)length, fault->message);
}

/* What libxml2 makes when a schema is first used, it makes now: later memory does not outlive a document. */
static void prime(xmlSchema *compiled) {
    xmlDoc *nothing = xmlNewDoc((const xmlChar *)"1.0");
    xmlDocSetRootElement(nothing, xmlNewNode(NULL, (const xmlChar *)"nothing"));
    xmlSchemaValidCtxt *context = xmlSchemaNewValidCtxt(compiled);
    xmlSchemaValidateDoc(context, nothing);
    xmlSchemaFreeValidCtxt(context);
    xmlFreeDoc(nothing);
}

struct xml_schema *xml_schema_load(const char *path, struct problems *problems) {
    struct loading loading = {.path = path, .problems = problems};
    size_t before = problems->count;
    xmlSchema *compiled = NULL;
    folder_open(path);
    xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(path);
    if (parser) {
        xmlSchemaSetParserStructuredErrors(parser, on_fault, &loading);
        compiled = xmlSchemaParse(parser);
        xmlSchemaFreeParserCtxt(parser);
    }
    folder_close();
    if (!compiled && problems->count == before) {
        problem(problems, path, 0, 0, "is no XML Schema that can be compiled");
    }
    if (problems->count > before) {
        xmlSchemaFree(compiled);
        return NULL;
    }
    prime(compiled);
    struct xml_schema *schema = fault_malloc(sizeof *schema);
    *schema = (struct xml_schema){.compiled = compiled};
    return schema;
}

void xml_schema_free(struct xml_schema *schema) {
    while (schema) {
        struct xml_schema *behind = schema->behind;
        xmlSchemaFree(schema->compiled);
        free(schema);
        schema = behind;
    }
}

/* FOLDER/NAME/NAME.xsd; NULL: there is none, or problems were added. */
static struct xml_schema *load_named(struct arena *arena, const char *folder, const char *name,
                                     struct problems *problems) {
    const char *path = arena_printf(arena, "%s/%s/%s.xsd", folder, name, name);
    return access(path, R_OK) == 0 ? xml_schema_load(path, problems) : NULL;
}

static void add(struct xml_schemas *schemas, const char *name, struct xml_schema *schema) {
    if (schemas->count == schemas->capacity) {
        schemas->items = arena_grow(schemas->arena, schemas->items, &schemas->capacity, sizeof *schemas->items);
    }
    schemas->items[schemas->count++] = (struct named_schema){arena_string(schemas->arena, name), schema};
}

/* The official schema of a dialect before ours; either may be missing. True: there is an official one. */
static bool load_dialect(struct xml_schemas *schemas, const char *folder, const char *official, const char *name,
                         struct problems *problems) {
    struct xml_schema *ours = load_named(schemas->arena, folder, name, problems);
    struct xml_schema *theirs = official ? load_named(schemas->arena, official, name, problems) : NULL;
    if (theirs) {
        theirs->behind = ours;
    }
    if (theirs || ours) {
        add(schemas, name, theirs ? theirs : ours);
    }
    return theirs != NULL;
}

struct xml_schemas *xml_schemas_load(const char *folder, const char *official, struct problems *problems) {
    size_t before = problems->count;
    struct file_list list = {0};
    if (!file_list(folder, &list)) {
        problem(problems, folder, 0, 0, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    struct arena *arena = arena_new();
    struct xml_schemas *schemas = arena_zero(arena, sizeof *schemas);
    schemas->arena = arena;
    bool found = official == NULL;
    for (size_t i = 0; i < list.count; i++) {
        found = load_dialect(schemas, folder, official, list.names[i], problems) || found;
    }
    file_list_free(&list);
    if (!found && problems->count == before) {
        problem(problems, official, 0, 0, "holds no DIALECT/DIALECT.xsd (dialects are named by `tidewaiter dialects`)");
    }
    if (problems->count > before) {
        xml_schemas_free(schemas);
        return NULL;
    }
    return schemas;
}

const struct xml_schema *xml_schemas_find(const struct xml_schemas *schemas, const char *name) {
    for (size_t i = 0; i < schemas->count; i++) {
        if (strcmp(schemas->items[i].name, name) == 0) {
            return schemas->items[i].schema;
        }
    }
    return NULL;
}

void xml_schemas_free(struct xml_schemas *schemas) {
    if (!schemas) {
        return;
    }
    for (size_t i = 0; i < schemas->count; i++) {
        xml_schema_free(schemas->items[i].schema);
    }
    arena_free(schemas->arena);
}
