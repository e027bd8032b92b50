#include "commands/verify.h"

#include "base/arena.h"
#include "base/file.h"
#include "commands/commands.h"
#include "container/verify.h"
#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int report(const struct container *container, const char *path, FILE *out) {
    if (!asic_is_ours(container)) {
        (void)fprintf(out, "%s: no annotated bundle\n", path);
        return EXIT_HELD;
    }
    struct verification result = asic_verify(container);
    for (size_t i = 0; i < result.count; i++) {
        if (result.files[i].state != VERIFIED_SAME) {
            (void)fprintf(out, "%s: %s: %s\n", path, verified_name(result.files[i].state), result.files[i].path);
        }
    }
    if (result.fault) {
        (void)fprintf(out, "%s: %s\n", path, result.fault);
        return EXIT_HELD;
    }
    if (result.wrong) {
        (void)fprintf(out, "%s: changed: %zu of %zu files\n", path, result.wrong, result.count);
        return EXIT_HELD;
    }
    (void)fprintf(out, "%s: whole: %zu files as their digests say\n", path, result.count);
    return EXIT_RELEASED;
}

static int verify(const char *path, const struct container_settings *settings, FILE *out) {
    size_t length = 0;
    unsigned char *bytes = (unsigned char *)file_read(path, settings->limits.max_bytes, &length);
    if (!bytes) {
        int why = errno;
        (void)fprintf(stderr, "tidewaiter: %s: %s\n", path, strerror(why));
        return why == ENOENT || why == ENOTDIR ? EXIT_USAGE : EXIT_QUARANTINED;
    }
    struct arena *arena = arena_new();
    struct container container;
    int code = EXIT_QUARANTINED;
    if (container_read(&container, arena, settings, path, bytes, length)) {
        code = report(&container, path, out);
    } else {
        (void)fprintf(out, "%s: %s: %s%s%s\n", path, container.fault.reason,
                      container.fault.entry ? container.fault.entry : "", container.fault.entry ? ": " : "",
                      container.fault.detail);
    }
    arena_free(arena);
    free(bytes);
    return code;
}

/* An annotated bundle holds its originals and some files more, and a file per file in its seal. */
static struct container_settings settings_for_output(void) {
    enum { ADDED_FILES = 1000 };
    struct container_settings settings = container_settings_default();
    settings.limits.max_entries += ADDED_FILES;
    settings.limits.max_bytes *= 2;
    settings.limits.max_unpacked_bytes *= 2;
    settings.limits.max_name_bytes += sizeof ASIC_ORIGINAL;
    return settings;
}

int verify_files(int count, const char *const *paths, FILE *out) {
    struct container_settings settings = settings_for_output();
    int worst = EXIT_RELEASED;
    if (count < 1) {
        (void)fputs("tidewaiter verify: name an annotated bundle\n", stderr);
        return EXIT_USAGE;
    }
    for (int i = 0; i < count; i++) {
        int code = verify(paths[i], &settings, out);
        worst = code > worst ? code : worst;
    }
    return worst;
}

int command_verify(const struct options *options) {
    return verify_files((int)options->arguments.count, options->arguments.items, stdout);
}
