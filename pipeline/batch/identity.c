#include "batch/identity.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/json.h"
#include "know.h"
#include "knowledge.h"
#include "options.h"
#include "reference/reference.h"
#include "seal/certificate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEEPEST = 16 };

/* ---- options ---- */

static void put_list(struct buffer *out, const char *name, const struct texts *texts) {
    buffer_printf(out, "\"%s\":[", name);
    for (size_t i = 0; i < texts->count; i++) {
        buffer_string(out, i ? "," : "");
        json_text(out, texts->items[i]);
    }
    buffer_string(out, "],");
}

static void put_texts(struct buffer *out, const struct options *o) {
    const struct {
        const char *name, *value;
    } rows[] = {
        {"out", o->out},         {"as", o->as},         {"as-of", o->as_of},           {"now", o->now},
        {"mode", o->mode},       {"lang", o->lang},     {"stylesheet", o->stylesheet}, {"key", o->key},
        {"cert", o->cert},       {"crl", o->crl},       {"registers", o->registers},   {"policy", o->policy},
        {"schemas", o->schemas}, {"format", o->format},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buffer_printf(out, "\"%s\":", rows[i].name);
        json_text(out, rows[i].value);
        buffer_char(out, ',');
    }
}

static void put_flags(struct buffer *out, const struct options *o) {
    buffer_printf(out, "\"no-seal\":%d,\"null\":%d,\"strict\":%d,\"lenient\":%d,\"pages\":%d,\"again\":%d", o->no_seal,
                  o->null_separated, o->strict, o->lenient, o->pages, o->again);
}

void identity_options(struct buffer *out, const struct options *options) {
    buffer_char(out, '{');
    put_list(out, "inputs", &options->arguments);
    put_list(out, "rules", &options->rules);
    put_texts(out, options);
    put_flags(out, options);
    buffer_char(out, '}');
}

/* ---- knowledge ---- */

struct reader {
    struct arena *arena;
    struct digest *digest;
    bool failed;
};

static void add_text(struct reader *reader, const char *text) {
    digest_add(reader->digest, text ? text : "", text ? strlen(text) : 0);
    digest_add(reader->digest, text ? "\n" : "\r", 1); /* an absent text is not an empty one */
}

static void fail(struct reader *reader, const char *path) {
    (void)fprintf(stderr, "tidewaiter: %s: %s\n", path, strerror(errno));
    reader->failed = true;
}

static void add_file(struct reader *reader, const char *path) {
    char digest[DIGEST_TEXT] = "";
    if (path && !digest_file(path, digest)) {
        fail(reader, path);
        digest[0] = '\0';
    }
    add_text(reader, path ? digest : NULL);
}

/* Every file below a folder, with its relative path, in the order of the bytes of the names. */
static void add_folder(struct reader *reader, const char *path, const char *relative, unsigned depth) {
    struct file_list list;
    struct stat status;
    if (depth > DEEPEST || !file_list(path, &list)) {
        fail(reader, path);
        return;
    }
    for (size_t i = 0; i < list.count; i++) {
        const char *file = arena_printf(reader->arena, "%s/%s", path, list.names[i]);
        const char *name = arena_printf(reader->arena, "%s/%s", relative, list.names[i]);
        if (stat(file, &status) == 0 && S_ISDIR(status.st_mode)) {
            add_folder(reader, file, name, depth + 1);
        } else {
            add_text(reader, name);
            add_file(reader, file);
        }
    }
    file_list_free(&list);
}

static void add_options(struct reader *reader, const struct options *o) {
    const char *const texts[] = {o->as_of,
                                 o->mode,
                                 o->lang,
                                 o->no_seal ? "unsealed" : NULL,
                                 o->strict    ? "strict"
                                 : o->lenient ? "lenient"
                                              : NULL,
                                 o->pages ? "pages" : NULL};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        add_text(reader, texts[i]);
    }
    for (size_t i = 0; i < o->rules.count; i++) {
        add_folder(reader, o->rules.items[i], "", 0);
    }
    if (o->schemas) {
        add_folder(reader, o->schemas, "", 0);
    }
    add_file(reader, o->stylesheet);
    add_file(reader, o->crl);
}

bool identity_knowledge(const struct options *options, const struct knowledge *k, char digest[DIGEST_TEXT]) {
    struct reader reader = {.arena = arena_new(), .digest = digest_open()};
    char *data = know_data(options);
    add_file(&reader, "/proc/self/exe");
    add_text(&reader, k->version);
    if (data) {
        add_folder(&reader, data, "", 0);
    }
    add_text(&reader, reference_digest(k->reference));
    add_text(&reader, k->signer.certificates ? k->signer.certificates->items[0].sha256 : NULL);
    add_options(&reader, options);
    digest_close(reader.digest, digest);
    arena_free(reader.arena);
    free(data);
    return !reader.failed;
}
