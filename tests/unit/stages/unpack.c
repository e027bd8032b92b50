/* unpack and pack: what goes in comes out under original/, and our own output is reviewed again. */
#include "../container/support.h"

#include "base/arena.h"
#include "base/digest.h"
#include "consignment.h"
#include "container/verify.h"
#include "container/zip-write.h"
#include "knowledge.h"
#include "stage.h"
#include "tree/names.h"

static const char declaration[] = "<declaration/>";
static const char invoice[] = "<invoice/>";

struct room {
    struct arena *arena;
    struct names *names;
    struct knowledge k;
    struct consignment c;
    unsigned char *bytes;
};

static void open_room(struct room *room) {
    *room = (struct room){.arena = arena_new(), .names = names_new()};
    room->k.names = room->names;
}

static void close_room(struct room *room) {
    arena_free(room->arena);
    names_free(room->names);
    free(room->bytes);
}

static enum step unpack(struct room *room, enum input_kind kind, const char *name, size_t length) {
    room->c = (struct consignment){.arena = room->arena,
                                   .input = {.kind = kind, .name = name, .bytes = room->bytes, .length = length},
                                   .quarantine = {.offset = -1}};
    return unpack_whole(&room->c, &room->k);
}

static size_t make_bundle(struct room *room) {
    struct zip_writer *writer = zip_writer_open(NULL);
    size_t length = 0;
    assert_true(zip_add(writer, "declaration.xml", declaration, sizeof declaration - 1));
    assert_true(zip_add(writer, "docs/invoice.xml", invoice, sizeof invoice - 1));
    assert_true(zip_writer_close(writer, &room->bytes, &length));
    return length;
}

static void facts_of_a_bundle(void **state) {
    (void)state;
    struct room room;
    open_room(&room);
    size_t length = make_bundle(&room);
    assert_int_equal(unpack(&room, INPUT_FILE, "x.zip", length), STEP_ON);
    char digest[DIGEST_TEXT];
    digest_hex(room.bytes, length, digest);
    const struct fact *root = room.c.dossier.root;
    assert_string_equal(fact_text(root, "@id"), digest);
    assert_string_equal(fact_text(root, "bundle/name"), "x.zip");
    assert_string_equal(fact_text(root, "bundle/format"), "zip");
    assert_string_equal(fact_text(root, "bundle/entry/@path"), "declaration.xml");
    assert_string_equal(fact_text(root, "bundle/entry/@size"), "14");
    assert_string_equal(fact_text(root, "bundle/entry/@media"), "application/xml");
    assert_null(fact_text(root, "bundle/entry/@raw"));
    assert_int_equal(fact_count(fact_at(root, "bundle"), "entry"), 2);
    close_room(&room);
}

static void no_entries_is_no_quarantine(void **state) {
    (void)state;
    struct room room;
    size_t length = 0;
    open_room(&room);
    assert_true(zip_writer_close(zip_writer_open(NULL), &room.bytes, &length));
    assert_int_equal(unpack(&room, INPUT_FILE, "x.zip", length), STEP_ON);
    assert_int_equal(room.c.entries.count, 0);
    close_room(&room);
}

static void first_fault_stands(void **state) {
    (void)state;
    struct room room;
    open_room(&room);
    size_t length = make_bundle(&room);
    assert_int_equal(unpack(&room, INPUT_FILE, "x.zip", length - 1), STEP_STOP);
    assert_string_equal(room.c.quarantine.reason, "unreadable");
    assert_int_equal(quarantine(&room.c, "ratio", NULL, 0, "later"), STEP_STOP);
    assert_string_equal(room.c.quarantine.reason, "unreadable");
    close_room(&room);
}

static void add_output(struct room *room, const char *path, const char *bytes) {
    struct output *output = LIST_ADD(room->arena, room->c.outputs);
    output->path = path;
    output->bytes = (const unsigned char *)bytes;
    output->length = strlen(bytes);
}

/* Packs the case as annotate would, with a list of digests that is right, or wrong for one file. */
static void pack_annotated(struct room *room, const char *wrong) {
    char digest[DIGEST_TEXT];
    const char *lines = "";
    add_output(room, "clearance/record.xml", "<record/>");
    digest_hex("<record/>", 9, digest);
    lines = arena_printf(room->arena, "%s  clearance/record.xml\n", digest);
    for (size_t i = 0; i < room->c.entries.count; i++) {
        const struct entry *entry = &room->c.entries.items[i];
        bool bent = wrong && strcmp(entry->path, wrong) == 0;
        lines = arena_printf(room->arena, "%s%s  original/%s\n", lines, bent ? digest : entry->sha256, entry->path);
    }
    add_output(room, ASIC_DIGESTS, lines);
    assert_int_equal(pack_whole(&room->c, &room->k), STEP_ON);
    free(room->bytes);
    room->bytes = malloc(room->c.packed_length);
    memcpy(room->bytes, room->c.packed, room->c.packed_length);
}

static void own_output_comes_back(void **state) {
    (void)state;
    struct room room;
    open_room(&room);
    assert_int_equal(unpack(&room, INPUT_FILE, "x.zip", make_bundle(&room)), STEP_ON);
    pack_annotated(&room, NULL);
    assert_int_equal(unpack(&room, INPUT_FILE, "x.asice", room.c.packed_length), STEP_ON);
    assert_int_equal(room.c.entries.count, 2);
    assert_string_equal(room.c.entries.items[0].path, "declaration.xml");
    assert_memory_equal(room.c.entries.items[0].bytes, declaration, sizeof declaration - 1);
    assert_string_equal(room.c.entries.items[1].path, "docs/invoice.xml");
    close_room(&room);
}

static void broken_seal(void **state) {
    (void)state;
    struct room room;
    open_room(&room);
    assert_int_equal(unpack(&room, INPUT_FILE, "x.zip", make_bundle(&room)), STEP_ON);
    pack_annotated(&room, "docs/invoice.xml");
    assert_int_equal(unpack(&room, INPUT_FILE, "x.asice", room.c.packed_length), STEP_STOP);
    assert_string_equal(room.c.quarantine.reason, "seal-broken");
    assert_string_equal(room.c.quarantine.entry, "original/docs/invoice.xml");
    close_room(&room);
}

/* What was added, or taken away, or a list that is gone, breaks the seal too. */
static void judge_bent(const char *const *paths, const char *digests, const char *entry) {
    struct room room;
    size_t length = 0;
    open_room(&room);
    struct zip_writer *writer = zip_writer_open(NULL);
    assert_true(zip_store(writer, "mimetype", ASIC_MEDIA_TYPE, strlen(ASIC_MEDIA_TYPE)));
    for (; *paths; paths++) {
        assert_true(zip_add(writer, *paths, "x", 1));
    }
    if (digests) {
        assert_true(zip_add(writer, ASIC_DIGESTS, digests, strlen(digests)));
    }
    assert_true(zip_writer_close(writer, &room.bytes, &length));
    assert_int_equal(unpack(&room, INPUT_FILE, "x.asice", length), STEP_STOP);
    assert_string_equal(room.c.quarantine.reason, "seal-broken");
    if (entry) {
        assert_string_equal(room.c.quarantine.entry, entry);
    }
    close_room(&room);
}

static void bent_containers(void **state) {
    (void)state;
    static const char of_x[] = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  original/a.xml\n";
    static const char *const one[] = {"original/a.xml", NULL};
    static const char *const two[] = {"original/a.xml", "original/b.xml", NULL};
    static const char *const other[] = {"clearance/record.xml", NULL};
    judge_bent(one, NULL, NULL);
    judge_bent(one, "no list\n", NULL);
    judge_bent(one, "", "original/a.xml");
    judge_bent(two, of_x, "original/b.xml");
    judge_bent(other, of_x, "original/a.xml");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_of_a_bundle),  cmocka_unit_test(no_entries_is_no_quarantine),
        cmocka_unit_test(first_fault_stands), cmocka_unit_test(own_output_comes_back),
        cmocka_unit_test(broken_seal),        cmocka_unit_test(bent_containers),
    };
    return cmocka_run_group_tests_name("stages/unpack", tests, NULL, NULL);
}
