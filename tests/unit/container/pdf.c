/* What is found in PDF files: the sound ones, the hostile ones, and any of them cut or bent. */
#include "support.h"

#include "base/arena.h"
#include "container/pdf-attachments.h"

/* As a bundle of this one file would be read by default: POLICY 11. */
static struct pdf_limits limits_for(size_t length) {
    size_t by_ratio = length * 200;
    size_t all = 536870912;
    return (struct pdf_limits){
        .attachments = 1999,
        .name_bytes = 255,
        .attachment = 134217728,
        .unpacked = by_ratio < all ? by_ratio : all,
    };
}

static bool names_are(const struct pdf_attachments *found, const char *names) {
    if (strcmp(names, "-") == 0 || strcmp(names, "*") == 0) {
        return (*names == '*') == (found->count > 0);
    }
    for (size_t i = 0; i < found->count; i++) {
        size_t length = strcspn(names, "|");
        if (strlen(found->items[i].name) != length || memcmp(found->items[i].name, names, length) != 0) {
            return false;
        }
        names += length + (names[length] == '|');
    }
    return !*names;
}

static bool judge(const char *folder, const char *name, const char *names, const char *fault, const char *repaired) {
    size_t length = 0;
    unsigned char *bytes = read_whole(folder, name, &length);
    struct pdf_limits limits = limits_for(length);
    struct arena *arena = arena_new();
    struct pdf_attachments found = pdf_attachments(arena, bytes, length, &limits);
    bool faulty = strcmp(fault, "-") != 0;
    bool right = names_are(&found, names) && faulty == (found.fault != NULL) &&
                 (!faulty || strstr(found.fault, fault)) && found.repaired == (strcmp(repaired, "-") != 0);
    if (!right) {
        print_error("%s: %zu files%s%s, fault %s%s, not %s, %s, %s\n", name, found.count, found.count ? ", first " : "",
                    found.count ? found.items[0].name : "", found.fault ? found.fault : "none",
                    found.repaired ? ", repaired" : "", names, fault, repaired);
    }
    free(bytes);
    arena_free(arena);
    return right;
}

static char *field(char **line) {
    char *start = *line;
    char *end = start + strcspn(start, "\t\n");
    *line = *end ? end + 1 : end;
    *end = '\0';
    return start;
}

static void made_files(void **state) {
    (void)state;
    char folder[64];
    make_files(folder, "tests/hostile/pdf.py");
    size_t length = 0;
    char *manifest = (char *)read_whole(folder, "manifest.tsv", &length);
    char *text = malloc(length + 1);
    memcpy(text, manifest, length);
    text[length] = '\0';
    unsigned right = 0;
    unsigned wrong = 0;
    for (char *line = text; *line;) {
        const char *name = field(&line);
        const char *names = field(&line);
        const char *fault = field(&line);
        bool good = judge(folder, name, names, fault, field(&line));
        right += good;
        wrong += !good;
    }
    free(text);
    free(manifest);
    remove_folder(folder);
    assert_int_equal(wrong, 0);
    assert_true(right >= 40);
}

static void what_is_said_of_a_file(void **state) {
    (void)state;
    static const char pdf[] =
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /AF [ 2 0 R ] >>\nendobj\n"
        "2 0 obj\n<< /F (x#y) /AFRelationship /S#6Furce /Desc (an invoice) /EF << /F 3 0 R >> >>\n"
        "endobj\n3 0 obj\n<< /Length 4 >>\nstream\r\n<a/>\nendstream\nendobj\n";
    struct arena *arena = arena_new();
    struct pdf_limits limits = limits_for(sizeof pdf);
    struct pdf_attachments found = pdf_attachments(arena, (const unsigned char *)pdf, sizeof pdf - 1, &limits);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.items[0].name, "x#y");
    assert_string_equal(found.items[0].title, "an invoice");
    assert_string_equal(found.items[0].relationship, "Source");
    assert_int_equal(found.items[0].length, 4);
    assert_memory_equal(found.items[0].bytes, "<a/>", 4);
    assert_true(found.repaired);
    limits.name_bytes = 2;
    found = pdf_attachments(arena, (const unsigned char *)pdf, sizeof pdf - 1, &limits);
    assert_string_equal(found.items[0].name, "x#");
    arena_free(arena);
}

/* A generator of its own, so that a failure is the same each time. */
static uint32_t draw(uint64_t *seed) {
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(*seed >> 33);
}

static void bend(unsigned char *bytes, size_t length, uint64_t *seed) {
    static const char *const words[] = {"obj",   "endobj", "stream", "endstream", "<<",         ">>",  "[",
                                        "]",     "(",      ")",      "/Kids",     "/Names",     "/EF", "/Length",
                                        "/Prev", "R",      "0 R",    "%",         "99999999999"};
    for (uint32_t i = 0, count = 1 + draw(seed) % 6; i < count; i++) {
        size_t at = draw(seed) % length;
        if (draw(seed) % 2) {
            bytes[at] = (unsigned char)draw(seed);
            continue;
        }
        const char *word = words[draw(seed) % (sizeof words / sizeof *words)];
        size_t size = strlen(word);
        if (size <= length - at) {
            memcpy(bytes + at, word, size);
        }
    }
}

/* No cut and no bent byte makes the reader crash, hang, or read beyond the end. */
static void cut_and_bent(void **state) {
    (void)state;
    static const char *const names[] = {"classic.pdf", "modern.pdf", "hybrid.pdf", "update.pdf", "kids.pdf"};
    enum { ROUNDS = 1500 };
    char folder[64];
    make_files(folder, "tests/hostile/pdf.py");
    struct arena *arena = arena_new();
    uint64_t seed = 20261125;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = 0;
        unsigned char *bytes = read_whole(folder, names[i], &length);
        for (int round = 0; round < ROUNDS; round++) {
            size_t kept = round % 3 ? length : 1 + draw(&seed) % length;
            unsigned char *copy = malloc(kept);
            assert_non_null(copy);
            memcpy(copy, bytes, kept);
            bend(copy, kept, &seed);
            struct pdf_limits limits = limits_for(kept);
            struct pdf_attachments found = pdf_attachments(arena, copy, kept, &limits);
            for (size_t k = 0; k < found.count; k++) {
                assert_true(found.items[k].name && *found.items[k].name && found.items[k].length <= limits.unpacked);
            }
            free(copy);
            arena_reset(arena);
        }
        free(bytes);
    }
    remove_folder(folder);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(made_files),
        cmocka_unit_test(what_is_said_of_a_file),
        cmocka_unit_test(cut_and_bent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
