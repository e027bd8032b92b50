#include "container/pdf-attachments.h"

#include "base/arena.h"
#include "container/detect.h"
#include "container/pdf-file.h"

#include <string.h>

enum { WORK = 1 << 25 }; /* bytes looked at and objects made, of one PDF (pdf-object.h) */

/* A file specification found, and the stream that it names. */
struct found {
    const struct pdf_object *specification, *reference;
};

struct collecting {
    struct pdf_file *file;
    size_t most;
    struct found *items;
    size_t count, capacity;
    bool too_many;
};

/* ---- finding ---- */

/* The stream of an embedded file, unresolved: a reference, since streams are objects of their own. */
static const struct pdf_object *stream_reference(struct pdf_file *file, const struct pdf_object *specification) {
    static const char *const keys[] = {"UF", "F", "Unix", "Mac", "DOS"};
    const struct pdf_object *embedded = pdf_at(file, specification, "EF");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct pdf_object *reference = pdf_get(embedded, keys[i]);
        if (reference && reference->kind == PDF_REFERENCE) {
            return reference;
        }
    }
    return NULL;
}

/* The same file is named by the tree and as an associated file: it counts once. */
static void collect_file(struct collecting *c, const struct pdf_object *value) {
    const struct pdf_object *specification = pdf_resolve(c->file, value);
    const struct pdf_object *reference = stream_reference(c->file, specification);
    for (size_t i = 0; reference && i < c->count; i++) {
        if (c->items[i].reference->number == reference->number) {
            return;
        }
    }
    if (!reference || c->too_many || !pdf_spend(&c->file->source, c->count)) {
        return;
    }
    if (c->count == c->most) {
        c->too_many = true;
        return;
    }
    if (c->count == c->capacity) {
        c->items = arena_grow(c->file->source.arena, c->items, &c->capacity, sizeof *c->items);
    }
    c->items[c->count++] = (struct found){specification, reference};
}

struct stack {
    const struct pdf_object **items;
    size_t count, capacity;
};

static void push(struct collecting *c, struct stack *stack, const struct pdf_object *node) {
    if (stack->count == stack->capacity) {
        stack->items = arena_grow(c->file->source.arena, stack->items, &stack->capacity, sizeof *stack->items);
    }
    stack->items[stack->count++] = node;
}

/* Children in their order: the first is to be on top. */
static void push_kids(struct collecting *c, struct stack *stack, const struct pdf_object *kids) {
    size_t from = stack->count;
    for (const struct pdf_object *kid = kids->first; kid; kid = kid->next) {
        push(c, stack, kid);
    }
    for (size_t i = from, k = stack->count; i + 1 < k; i++, k--) {
        const struct pdf_object *kept = stack->items[i];
        stack->items[i] = stack->items[k - 1];
        stack->items[k - 1] = kept;
    }
}

/* A name tree (7.9.6). A tree that bites its tail ends with the work that may be spent. */
static void collect_tree(struct collecting *c, const struct pdf_object *root) {
    struct stack stack = {0};
    push(c, &stack, root);
    while (stack.count && !c->too_many && pdf_spend(&c->file->source, 1)) {
        const struct pdf_object *node = pdf_resolve(c->file, stack.items[--stack.count]);
        const struct pdf_object *names = pdf_at(c->file, node, "Names");
        const struct pdf_object *kids = pdf_at(c->file, node, "Kids");
        const struct pdf_object *key = names && names->kind == PDF_ARRAY ? names->first : NULL;
        for (; key && key->next; key = key->next->next) {
            collect_file(c, key->next);
        }
        if (kids && kids->kind == PDF_ARRAY) {
            push_kids(c, &stack, kids);
        }
    }
}

/* False: no catalogue. */
static bool collect(struct collecting *c) {
    const struct pdf_object *catalogue = pdf_at(c->file, c->file->trailer, "Root");
    if (!catalogue || catalogue->kind != PDF_DICTIONARY) {
        return false;
    }
    const struct pdf_object *tree = pdf_get(pdf_at(c->file, catalogue, "Names"), "EmbeddedFiles");
    if (tree) {
        collect_tree(c, tree);
    }
    const struct pdf_object *associated = pdf_at(c->file, catalogue, "AF");
    if (associated && associated->kind == PDF_ARRAY) {
        for (const struct pdf_object *file = associated->first; file; file = file->next) {
            collect_file(c, file);
        }
    }
    return true;
}

/* ---- reading ---- */

/* At most so many bytes, and no character cut in two. */
static const char *cut(struct arena *arena, const char *text, size_t most) {
    size_t length = strlen(text);
    if (length <= most) {
        return text;
    }
    while (most && ((unsigned char)text[most] & 0xC0) == 0x80) {
        most--;
    }
    return arena_copy(arena, text, most);
}

static const char *text_at(struct pdf_file *file, const struct pdf_object *dictionary, const char *key, size_t most) {
    const struct pdf_object *value = pdf_at(file, dictionary, key);
    if (!value || (value->kind != PDF_STRING && value->kind != PDF_NAME)) {
        return NULL;
    }
    const char *text = cut(file->source.arena, pdf_text(file->source.arena, value), most);
    return *text ? text : NULL;
}

static void read_file(struct pdf_attachments *out, struct pdf_file *file, const struct found *found,
                      const struct pdf_limits *limits) {
    struct pdf_attachment made = {.name = text_at(file, found->specification, "UF", limits->name_bytes)};
    made.name = made.name ? made.name : text_at(file, found->specification, "F", limits->name_bytes);
    made.name = made.name ? made.name : "unnamed";
    made.title = text_at(file, found->specification, "Desc", limits->name_bytes);
    made.relationship = text_at(file, found->specification, "AFRelationship", limits->name_bytes);
    const char *why = "its stream is not found";
    const struct pdf_object *stream = pdf_resolve(file, found->reference);
    made.bytes = stream && stream->kind == PDF_DICTIONARY
                     ? pdf_stream(file, stream, limits->attachment, &made.length, &why)
                     : NULL;
    if (!made.bytes) {
        out->fault = out->fault ? out->fault : arena_printf(file->source.arena, "%s: %s", made.name, why);
        return;
    }
    if (out->count == out->capacity) {
        out->items = arena_grow(file->source.arena, out->items, &out->capacity, sizeof *out->items);
    }
    out->items[out->count++] = made;
}

static void read_files(struct pdf_attachments *out, struct collecting *c, const struct pdf_limits *limits) {
    for (size_t i = 0; i < c->count && !c->file->exhausted; i++) {
        read_file(out, c->file, &c->items[i], limits);
    }
}

static void attempt(struct pdf_attachments *out, struct collecting *c, const struct pdf_limits *limits) {
    out->count = 0;
    out->fault = NULL;
    c->count = 0;
    c->too_many = false;
    if (pdf_get(c->file->trailer, "Encrypt")) {
        out->fault = "encrypted";
        return;
    }
    bool found = collect(c);
    if (c->file->exhausted || !*c->file->source.work) {
        c->file->exhausted = true;
        out->fault = "finding its files takes more than the limits allow";
        return;
    }
    if (!found) {
        c->file->damaged = true;
        out->fault = "damaged: no catalogue of it is found";
        return;
    }
    if (c->too_many) {
        out->fault = arena_printf(c->file->source.arena, "more than %zu embedded files", c->most);
        return;
    }
    read_files(out, c, limits);
}

/* Where the words %PDF- stand: some bytes may come before them. */
static size_t header(const unsigned char *bytes, size_t length) {
    const unsigned char *found = memmem(bytes, length < DETECT_PDF ? length : DETECT_PDF, "%PDF-", 5);
    return found ? (size_t)(found - bytes) : 0;
}

struct pdf_attachments pdf_attachments(struct arena *arena, const unsigned char *bytes, size_t length,
                                       const struct pdf_limits *limits) {
    struct pdf_attachments out = {0};
    size_t work = WORK;
    size_t start = header(bytes, length);
    if (length >= UINT32_MAX) {
        out.fault = "larger than 4 GiB";
        return out;
    }
    struct pdf_file file = {.source = {arena, bytes + start, length - start, &work}, .left = limits->unpacked};
    struct collecting c = {.file = &file, .most = limits->attachments};
    bool opened = pdf_open(&file);
    if (opened) {
        attempt(&out, &c, limits);
    }
    if ((!opened || file.damaged) && !file.exhausted) {
        file.left = limits->unpacked;
        pdf_repair(&file);
        attempt(&out, &c, limits);
    }
    out.repaired = file.repaired;
    return out;
}
