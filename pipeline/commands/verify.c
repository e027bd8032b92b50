/* tidewaiter verify: annotated bundles against their own digests and their seal.
 *
 * Exit code  0 all as it was written, 1 something differs or the seal does not hold, 2 a container cannot be read,
 *            3 no such file; the highest wins (CONTRACT).
 */
#include "base/arena.h"
#include "base/file.h"
#include "commands/commands.h"
#include "commands/stamp.h"
#include "options.h"
#include "seal/check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_CERTIFICATES = 1 << 20, LARGEST_LIST = 64 << 20 };

struct verifying {
    struct container_settings settings;
    struct arena *arena; /* of what is held against all bundles */
    struct certificates trusted;
    unsigned char *revoked; /* --crl; NULL: not given */
    size_t revoked_length;
    bool needs_seal, quiet;
};

/* ---- the seal ---- */

static const char *algorithm_name(enum seal_algorithm algorithm) {
    return algorithm == SEAL_RSA ? "RSA with SHA-256" : "ECDSA P-256 with SHA-256";
}

/* Whose seal it is: fit on the day of sealing, not revoked, trusted where somebody is. */
static const char *doubt(const struct verifying *v, struct arena *arena, const struct seal *seal) {
    const struct certificates *certificates = &seal->certificates;
    struct moment at;
    if (!moment_read(seal->at, NULL, &at)) {
        return "the time of sealing cannot be read";
    }
    const char *why = certificate_unfit(arena, &certificates->items[0], &at);
    if (!why && v->revoked) {
        why = certificate_revoked(arena, certificates, v->revoked, v->revoked_length, &at);
    }
    if (!why && v->trusted.count && !certificate_trusted(&certificates->items[0], &v->trusted)) {
        why = "its certificate is not that of --cert, nor issued by it";
    }
    return why;
}

static void print_changes(const char *path, const char *against, const struct verification *files) {
    for (size_t i = 0; i < files->count; i++) {
        if (files->files[i].state != VERIFIED_SAME) {
            (void)printf("%s: %s%s: %s\n", path, against, verified_name(files->files[i].state), files->files[i].path);
        }
    }
}

static int report_seal(const struct verifying *v, const struct container *container, const char *path) {
    struct seal_check check = seal_check(container);
    if (check.state == SEAL_ABSENT) {
        if (v->needs_seal || !v->quiet) {
            (void)printf("%s: not sealed%s\n", path, v->needs_seal ? ", and --cert or --crl asks for a seal" : "");
        }
        return v->needs_seal ? EXIT_HELD : EXIT_RELEASED;
    }
    if (check.state == SEAL_BROKEN) {
        print_changes(path, "held against the seal: ", &check.files);
        (void)printf("%s: the seal is broken%s%s\n", path, check.fault ? ": " : "", check.fault ? check.fault : "");
        return EXIT_HELD;
    }
    const struct certificate *signer = &check.seal.certificates.items[0];
    const char *why = doubt(v, container->arena, &check.seal);
    if (why || !v->quiet) {
        (void)printf("%s: sealed by %s on %s (%s, certificate sha256 %s)\n", path, signer->subject, check.seal.at,
                     algorithm_name(signer->algorithm), signer->sha256);
    }
    if (why) {
        (void)printf("%s: the seal does not hold: %s\n", path, why);
    }
    return why ? EXIT_HELD : EXIT_RELEASED;
}

/* ---- the files ---- */

static int report_files(const struct verifying *v, const struct container *container, const char *path) {
    struct verification result = asic_verify(container);
    print_changes(path, "", &result);
    if (result.fault) {
        (void)printf("%s: %s\n", path, result.fault);
        return EXIT_HELD;
    }
    if (result.wrong) {
        (void)printf("%s: changed: %zu of %zu files\n", path, result.wrong, result.count);
        return EXIT_HELD;
    }
    if (!v->quiet) {
        (void)printf("%s: whole: %zu files as their digests say\n", path, result.count);
    }
    return EXIT_RELEASED;
}

static int report(const struct verifying *v, const struct container *container, const char *path) {
    if (!asic_is_ours(container)) {
        (void)printf("%s: no annotated bundle\n", path);
        return EXIT_HELD;
    }
    int files = report_files(v, container, path);
    int seal = report_seal(v, container, path);
    if (files == EXIT_RELEASED && seal == EXIT_RELEASED && !v->quiet) {
        (void)printf("%s: %s\n", path, stamp_words(container));
    }
    return files > seal ? files : seal;
}

static int verify(const struct verifying *v, const char *path) {
    size_t length = 0;
    unsigned char *bytes = (unsigned char *)file_read(path, v->settings.limits.max_bytes, &length);
    if (!bytes) {
        int why = errno;
        (void)fprintf(stderr, "tidewaiter: %s: %s\n", path, strerror(why));
        return why == ENOENT || why == ENOTDIR ? EXIT_USAGE : EXIT_QUARANTINED;
    }
    struct arena *arena = arena_new();
    struct container container;
    int code = EXIT_QUARANTINED;
    if (container_read(&container, arena, &v->settings, path, bytes, length)) {
        code = report(v, &container, path);
    } else {
        (void)printf("%s: %s: %s%s%s\n", path, container.fault.reason,
                     container.fault.entry ? container.fault.entry : "", container.fault.entry ? ": " : "",
                     container.fault.detail);
    }
    arena_free(arena);
    free(bytes);
    return code;
}

/* ---- the command ---- */

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

static bool complain(const char *path, const char *why) {
    (void)fprintf(stderr, "tidewaiter verify: %s: %s\n", path, why);
    return false;
}

static bool read_trusted(struct verifying *v, const char *path) {
    size_t length = 0;
    char *bytes = path ? file_read(path, LARGEST_CERTIFICATES, &length) : NULL;
    const char *why = NULL;
    if (bytes) {
        why = certificates_read(v->arena, (const unsigned char *)bytes, length, &v->trusted);
    } else if (path) {
        why = strerror(errno);
    }
    free(bytes);
    return !why || complain(path, why);
}

static bool read_revoked(struct verifying *v, const char *path) {
    v->revoked = path ? (unsigned char *)file_read(path, LARGEST_LIST, &v->revoked_length) : NULL;
    return v->revoked || !path || complain(path, strerror(errno));
}

int command_verify(const struct options *options) {
    struct verifying v = {.settings = settings_for_output(),
                          .arena = arena_new(),
                          .needs_seal = options->cert || options->crl,
                          .quiet = options->quiet};
    int worst = EXIT_RELEASED;
    if (!options->arguments.count) {
        (void)fputs("tidewaiter verify: name an annotated bundle\nTry: tidewaiter verify --help\n", stderr);
        worst = EXIT_USAGE;
    } else if (!read_trusted(&v, options->cert) || !read_revoked(&v, options->crl)) {
        worst = EXIT_USAGE;
    }
    for (size_t i = 0; i < options->arguments.count && worst != EXIT_USAGE; i++) {
        int code = verify(&v, options->arguments.items[i]);
        worst = code > worst ? code : worst;
    }
    free(v.revoked);
    arena_free(v.arena);
    return worst;
}
