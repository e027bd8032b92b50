#include "commands/example-world.h"

#include "reference/reference.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool is_change(const struct example_change *change, const char *what) {
    return strcmp(change->what, what) == 0;
}

/* Rows and parameters, one a line: equal texts make equal worlds. */
static struct buffer print_setting(const struct example *example, int32_t today) {
    struct buffer out = {0};
    buffer_printf(&out, "%d\n", (int)today);
    for (size_t i = 0; i < example->change_count; i++) {
        const struct example_change *change = &example->changes[i];
        if (!is_change(change, "row") && !is_change(change, "policy")) {
            continue;
        }
        buffer_printf(&out, "%s %s", change->what, change->at);
        for (const char *const *field = change->fields; field && *field; field++) {
            buffer_printf(&out, "\t%s", *field);
        }
        buffer_printf(&out, "\t%s\n", change->value ? change->value : "");
    }
    return out;
}

/* ---- policy ---- */

static struct buffer print_policy(const struct example *example) {
    struct buffer out = {0};
    for (size_t i = 0; i < example->change_count; i++) {
        const struct example_change *change = &example->changes[i];
        if (is_change(change, "policy")) {
            buffer_printf(&out, "%s = %s\n", change->at, change->value ? change->value : "-");
        }
    }
    return out;
}

/* Policies are read from files: this one stands in memory. */
static void open_reference(struct example_world *world, const struct example *example, int32_t today) {
    char path[sizeof "/proc/self/fd/" + 3 * sizeof(int)];
    struct reference_paths paths = {.schemas = world->schemas};
    struct buffer policy = print_policy(example);
    int file = policy.length ? memfd_create("policy", MFD_CLOEXEC) : -1;
    if (policy.length && (file < 0 || write(file, policy.bytes, policy.length) != (ssize_t)policy.length)) {
        problem(&world->problems, "policy", 0, 0, "%s", strerror(errno));
    } else {
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
        paths.policy = policy.length ? path : NULL;
        world->reference = reference_open(&paths, world->names, today, &world->problems);
    }
    if (file >= 0) {
        (void)close(file);
    }
    buffer_free(&policy);
}

/* ---- rows ---- */

static const char *value_of_row(const void *context, const char *column) {
    const struct example_change *row = context;
    for (const char *const *field = row->fields; field && *field; field += 2) {
        if (strcmp(field[0], column) == 0) {
            return field[1];
        }
    }
    return NULL;
}

static void check_row(struct example_world *world, const struct example_change *row) {
    const struct kind *kind = kinds_find(reference_kinds(world->reference), row->at);
    if (!kind) {
        problem(&world->problems, NULL, 0, 0, "no register %s", row->at);
        return;
    }
    for (const char *const *field = row->fields; field && *field; field += 2) {
        const char *nearest = kind_nearest_column(kind, field[0]);
        if (!kind_column(kind, field[0])) {
            problem(&world->problems, NULL, 0, 0, "register %s has no column %s%s%s", row->at, field[0],
                    nearest ? "; did you mean " : "", nearest ? nearest : "");
        }
    }
}

/* Rows of sub-tables go in before those of their registers, which take them up. */
static void add_rows(struct example_world *world, const struct example *example, bool parts) {
    for (size_t i = 0; i < example->change_count; i++) {
        const struct example_change *row = &example->changes[i];
        const struct kind *kind = is_change(row, "row") ? kinds_find(reference_kinds(world->reference), row->at) : NULL;
        if (kind && (kind->parent && !kind->own_rows) == parts) {
            const struct register_line line = {.value = value_of_row, .context = row};
            reference_add(world->reference, row->at, &line, 1);
        }
    }
}

static void check_rows(struct example_world *world, const struct example *example) {
    for (size_t i = 0; i < example->change_count; i++) {
        if (is_change(&example->changes[i], "row")) {
            check_row(world, &example->changes[i]);
        }
    }
}

/* ---- both ---- */

void world_enter(struct example_world *world, const struct example *example, int32_t today) {
    struct buffer setting = print_setting(example, today);
    if (world->setting.length && strcmp(world->setting.bytes, setting.bytes) == 0) {
        buffer_free(&setting);
        return;
    }
    world_close(world);
    world->setting = setting;
    open_reference(world, example, today);
    if (world->reference) {
        check_rows(world, example);
        add_rows(world, example, true);
        add_rows(world, example, false);
    }
}

void world_close(struct example_world *world) {
    reference_close(world->reference);
    world->reference = NULL;
    problems_free(&world->problems);
    buffer_free(&world->setting);
}
