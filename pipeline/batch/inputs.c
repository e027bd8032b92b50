#include "batch/inputs.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "base/file.h"
#include "batch/bundle-name.h"
#include "batch/folder-pack.h"
#include "batch/outer.h"
#include "container/container.h"
#include "container/detect.h"
#include "knowledge.h"
#include "options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 64, LIST_BYTES = 1 << 30 };

/* A folder of bundles that is being walked. */
struct walk {
    const char *path, *relative;
    struct file_list list;
    size_t next;
};

enum read_as { AS_FOUND, AS_BUNDLE, AS_ARCHIVE };

struct inputs {
    struct container_settings settings;
    enum read_as as;
    struct arena *paths; /* arguments, and paths of the walk */
    struct arena *arena; /* of the bundle in hand */
    struct bundle_names *names;
    const char **arguments;
    size_t argument_count, argument_capacity, next_argument;
    struct walk walks[DEEPEST];
    unsigned depth;
    struct outer *outer;
    const char *outer_path, *outer_relative;
    char *bytes;          /* of the file in hand */
    int descriptor;       /* the same, or -1 */
    struct buffer folder; /* of the folder in hand */
    struct stat out;      /* the folder that is written to: never an input; st_ino 0: it is not there yet */
};

/* --- the arguments -------------------------------------------------------------------------------------- */

static void add_argument(struct inputs *inputs, const char *path, size_t length) {
    if (inputs->argument_count == inputs->argument_capacity) {
        inputs->arguments =
            arena_grow(inputs->paths, inputs->arguments, &inputs->argument_capacity, sizeof *inputs->arguments);
    }
    inputs->arguments[inputs->argument_count++] = arena_copy(inputs->paths, path, length);
}

/* The paths of a list: one a line (also with the line ends of Windows), or separated by NUL; empty ones do not count.
 */
static bool add_list(struct inputs *inputs, const char *list, bool null_separated) {
    bool standard = strcmp(list, "-") == 0;
    size_t length = 0;
    char *text =
        standard ? file_read_descriptor(STDIN_FILENO, LIST_BYTES, &length) : file_read(list, LIST_BYTES, &length);
    if (!text) {
        (void)fprintf(stderr, "tidewaiter: the list %s cannot be read: %s\n", standard ? "on stdin" : list,
                      strerror(errno));
        return false;
    }
    for (size_t at = 0; at < length;) {
        const char *end = memchr(text + at, null_separated ? '\0' : '\n', length - at);
        size_t size = end ? (size_t)(end - text) - at : length - at;
        size_t kept = size && !null_separated && text[at + size - 1] == '\r' ? size - 1 : size;
        if (kept) {
            add_argument(inputs, text + at, kept);
        }
        at += size + 1;
    }
    free(text);
    return true;
}

static bool is_list(const char *argument) {
    return argument[0] == '@' || strcmp(argument, "-") == 0;
}

bool inputs_there(const struct texts *arguments) {
    struct stat status;
    bool all = true;
    for (size_t i = 0; i < arguments->count; i++) {
        if (!is_list(arguments->items[i]) && stat(arguments->items[i], &status) != 0) {
            (void)fprintf(stderr, "tidewaiter: %s: %s\n", arguments->items[i], strerror(errno));
            all = false;
        }
    }
    return all;
}

static bool add_named(struct inputs *inputs, const char *argument, bool null_separated) {
    if (strcmp(argument, "-") == 0) {
        return add_list(inputs, argument, null_separated);
    }
    if (argument[0] == '@') {
        return add_list(inputs, argument + 1, null_separated);
    }
    add_argument(inputs, argument, strlen(argument));
    return true;
}

struct inputs *inputs_open(const struct texts *arguments, const struct options *options, const struct knowledge *k,
                           int *code) {
    struct inputs *inputs = fault_malloc(sizeof *inputs);
    *inputs = (struct inputs){
        .settings = k->container ? *k->container : container_settings_default(),
        .paths = arena_new(),
        .arena = arena_new(),
        .names = bundle_names_new(),
        .descriptor = -1,
    };
    bool good = inputs_there(arguments);
    if (!options->out || stat(options->out, &inputs->out) != 0) {
        inputs->out = (struct stat){0};
    }
    if (options->as) {
        inputs->as = strcmp(options->as, "archive") == 0 ? AS_ARCHIVE : AS_BUNDLE;
        if (inputs->as == AS_BUNDLE && strcmp(options->as, "bundle") != 0) {
            (void)fprintf(stderr, "tidewaiter: --as takes bundle or archive, not \"%s\"\n", options->as);
            good = false;
        }
    }
    for (size_t i = 0; good && i < arguments->count; i++) {
        good = add_named(inputs, arguments->items[i], options->null_separated);
    }
    if (!good) {
        *code = EXIT_USAGE;
        inputs_close(inputs);
        return NULL;
    }
    return inputs;
}

/* --- the bundle in hand --------------------------------------------------------------------------------- */

static void drop_bundle(struct inputs *inputs) {
    free(inputs->bytes);
    inputs->bytes = NULL;
    if (inputs->descriptor >= 0) {
        (void)close(inputs->descriptor);
        inputs->descriptor = -1;
    }
    buffer_free(&inputs->folder);
    arena_reset(inputs->arena);
}

/* path: as the user knows it; relative: to its INPUT. Both are copied. */
static void name_bundle(struct inputs *inputs, struct bundle_input *bundle, const char *path, const char *relative) {
    *bundle = (struct bundle_input){
        .input = {.kind = INPUT_FILE, .name = arena_string(inputs->arena, relative)},
        .name = bundle_names_take(inputs->names, relative),
        .label = arena_string(inputs->arena, path),
        .descriptor = -1,
    };
}

static bool refuse_bundle(struct bundle_input *bundle, const char *reason, const char *detail) {
    bundle->reason = reason;
    bundle->detail = detail;
    return true;
}

static void set_bytes(struct bundle_input *bundle, const void *bytes, size_t length) {
    bundle->input.bytes = bytes;
    bundle->input.length = length;
    if (bundle->input.kind == INPUT_FILE) {
        digest_hex(bytes, length, bundle->digest);
    }
}

static bool take_folder(struct inputs *inputs, struct bundle_input *bundle, const char *path, const char *relative) {
    struct folder_fault fault = {0};
    name_bundle(inputs, bundle, path, relative);
    bundle->input.kind = INPUT_FOLDER;
    if (!folder_pack(path, &inputs->settings.limits, inputs->arena, &inputs->folder, bundle->digest, &fault)) {
        return refuse_bundle(bundle, fault.reason, fault.detail);
    }
    set_bytes(bundle, inputs->folder.bytes, inputs->folder.length);
    return true;
}

static bool take_file(struct inputs *inputs, struct bundle_input *bundle, int descriptor, const char *path,
                      const char *relative) {
    size_t length = 0;
    name_bundle(inputs, bundle, path, relative);
    inputs->bytes = file_read_descriptor(descriptor, inputs->settings.limits.max_bytes, &length);
    int why = errno;
    inputs->descriptor = descriptor;
    if (!inputs->bytes) {
        return why == EFBIG ? refuse_bundle(bundle, "too-large", "more than bundle.maxBytes")
                            : refuse_bundle(bundle, "unreadable", arena_string(inputs->arena, strerror(why)));
    }
    set_bytes(bundle, inputs->bytes, length);
    bundle->descriptor = descriptor;
    return true;
}

static bool take_member(struct inputs *inputs, struct bundle_input *bundle) {
    struct outer_member member;
    if (!outer_next(inputs->outer, &member)) {
        outer_close(inputs->outer);
        inputs->outer = NULL;
        return false;
    }
    const char *outer = inputs->outer_relative;
    if (member.path) {
        const char *relative =
            arena_printf(inputs->arena, "%.*s/%s", (int)(strlen(outer) - bundle_suffix(outer)), outer, member.path);
        name_bundle(inputs, bundle, arena_printf(inputs->arena, "%s!%s", inputs->outer_path, member.path), relative);
        bundle->input.name = arena_printf(inputs->arena, "%s!%s", outer, member.path);
    } else {
        name_bundle(inputs, bundle, inputs->outer_path, outer);
    }
    if (!member.reason) {
        set_bytes(bundle, member.bytes, member.length);
    }
    return refuse_bundle(bundle, member.reason, member.detail);
}

/* --- what a path is ------------------------------------------------------------------------------------- */

static size_t peek(int descriptor, unsigned char *bytes, size_t size) {
    ssize_t got = pread(descriptor, bytes, size, 0);
    return got > 0 ? (size_t)got : 0;
}

static enum format peek_format(const char *path) {
    unsigned char bytes[DETECT_BYTES];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) {
        return FORMAT_UNKNOWN;
    }
    size_t length = peek(descriptor, bytes, sizeof bytes);
    (void)close(descriptor);
    return detect_start(bytes, length);
}

/* An archive of bundles opens, and its members follow; any other file is the bundle in hand. */
static bool enter_file(struct inputs *inputs, struct bundle_input *bundle, const char *path, const char *relative) {
    unsigned char *head = fault_malloc(OUTER_PEEK);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) {
        free(head);
        name_bundle(inputs, bundle, path, relative);
        return refuse_bundle(bundle, "unreadable", arena_string(inputs->arena, strerror(errno)));
    }
    size_t length = peek(descriptor, head, OUTER_PEEK);
    bool outer = (inputs->as == AS_FOUND && outer_is_one(head, length)) ||
                 (inputs->as == AS_ARCHIVE && outer_can_be_one(head, length));
    free(head);
    if (!outer) {
        return take_file(inputs, bundle, descriptor, path, relative);
    }
    inputs->outer = outer_open(descriptor, &inputs->settings);
    inputs->outer_path = arena_string(inputs->paths, path);
    inputs->outer_relative = arena_string(inputs->paths, relative);
    return false;
}

/* A folder that directly holds an XML file is a bundle. */
static bool is_bundle_folder(struct inputs *inputs, const char *path, const struct file_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        const char *file = arena_printf(inputs->arena, "%s/%s", path, list->names[i]);
        struct stat status;
        if (lstat(file, &status) == 0 && S_ISREG(status.st_mode) && peek_format(file) == FORMAT_XML) {
            return true;
        }
    }
    return false;
}

static bool enter_folder(struct inputs *inputs, struct bundle_input *bundle, const char *path, const char *relative,
                         const char *name) {
    struct file_list list;
    if (!file_list(path, &list)) {
        name_bundle(inputs, bundle, path, name);
        return refuse_bundle(bundle, "unreadable", arena_string(inputs->arena, strerror(errno)));
    }
    if (is_bundle_folder(inputs, path, &list)) {
        file_list_free(&list);
        return take_folder(inputs, bundle, path, name);
    }
    if (inputs->depth == DEEPEST) {
        file_list_free(&list);
        name_bundle(inputs, bundle, path, name);
        return refuse_bundle(bundle, "nesting", "folders lie too deep");
    }
    inputs->walks[inputs->depth++] = (struct walk){
        .path = arena_string(inputs->paths, path),
        .relative = arena_string(inputs->paths, relative),
        .list = list,
    };
    return false;
}

/* The next name in the folder that is walked. Links are not followed: one that leads to an archive is refused. */
static bool step(struct inputs *inputs, struct bundle_input *bundle) {
    struct walk *walk = &inputs->walks[inputs->depth - 1];
    if (walk->next == walk->list.count) {
        file_list_free(&walk->list);
        inputs->depth--;
        return false;
    }
    const char *name = walk->list.names[walk->next++];
    const char *path = arena_printf(inputs->arena, "%s/%s", walk->path, name);
    const char *relative = *walk->relative ? arena_printf(inputs->arena, "%s/%s", walk->relative, name) : name;
    struct stat status, target;
    if (lstat(path, &status) != 0) {
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        bool ours = status.st_ino == inputs->out.st_ino && status.st_dev == inputs->out.st_dev;
        return !ours && enter_folder(inputs, bundle, path, relative, relative);
    }
    bool link = S_ISLNK(status.st_mode) && stat(path, &target) == 0 && S_ISREG(target.st_mode);
    /* By its first bytes; a damaged archive still has its name. */
    bool archive = format_is_archive(peek_format(path)) || bundle_suffix(name);
    if ((!link && !S_ISREG(status.st_mode)) || !archive) {
        return false;
    }
    if (link) {
        name_bundle(inputs, bundle, path, relative);
        return refuse_bundle(bundle, "link", "a symbolic link");
    }
    return enter_file(inputs, bundle, path, relative);
}

/* The last part of a path; of "." and the like the folder's real name. */
static const char *base_name(struct arena *arena, const char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    char *trimmed = arena_copy(arena, path, length);
    char *slash = strrchr(trimmed, '/');
    char *base = slash ? slash + 1 : trimmed;
    if (*base && strcmp(base, ".") != 0 && strcmp(base, "..") != 0) {
        return base;
    }
    char *real = realpath(path, NULL);
    const char *last = real ? strrchr(real, '/') : NULL;
    const char *made = arena_string(arena, last && last[1] ? last + 1 : "bundle");
    free(real);
    return made;
}

static bool enter_argument(struct inputs *inputs, struct bundle_input *bundle) {
    const char *path = inputs->arguments[inputs->next_argument++];
    const char *base = base_name(inputs->arena, path);
    struct stat status;
    if (stat(path, &status) != 0) {
        name_bundle(inputs, bundle, path, base);
        return refuse_bundle(bundle, "unreadable", arena_string(inputs->arena, strerror(errno)));
    }
    if (S_ISDIR(status.st_mode)) {
        return enter_folder(inputs, bundle, path, "", base);
    }
    if (!S_ISREG(status.st_mode)) {
        name_bundle(inputs, bundle, path, base);
        return refuse_bundle(bundle, "link", "a device, socket or FIFO");
    }
    return enter_file(inputs, bundle, path, base);
}

bool inputs_next(struct inputs *inputs, struct bundle_input *bundle) {
    drop_bundle(inputs);
    for (;;) {
        bool found;
        if (inputs->outer) {
            found = take_member(inputs, bundle);
        } else if (inputs->depth) {
            found = step(inputs, bundle);
        } else if (inputs->next_argument < inputs->argument_count) {
            found = enter_argument(inputs, bundle);
        } else {
            return false;
        }
        if (found) {
            return true;
        }
    }
}

size_t inputs_left(const struct inputs *inputs) {
    size_t left = inputs->argument_count - inputs->next_argument;
    for (unsigned i = 0; i < inputs->depth; i++) {
        left += inputs->walks[i].list.count - inputs->walks[i].next;
    }
    return left;
}

void inputs_close(struct inputs *inputs) {
    if (!inputs) {
        return;
    }
    drop_bundle(inputs);
    outer_close(inputs->outer);
    while (inputs->depth) {
        file_list_free(&inputs->walks[--inputs->depth].list);
    }
    bundle_names_free(inputs->names);
    arena_free(inputs->paths);
    arena_free(inputs->arena);
    free(inputs);
}
