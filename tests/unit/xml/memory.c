/* The arena of libxml2: documents damaged in many ways give the same verdict with it as without it, though all that a
 * phase gives back is overwritten; and nothing is kept after a large one. */
#include "xml/memory.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "tree/names.h"
#include "xml/parse.h"

#include <libxml/xmlmemory.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct xml_limits limits = {.max_bytes = 1 << 25, .max_text = 10000000, .max_depth = 256};

/* A fixed sequence of numbers: the same damage in every run. */
static uint32_t roll(uint32_t *seed) {
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void write_order(struct buffer *text) {
    buffer_string(text, "<?xml version='1.0'?><!-- order --><o:order xmlns:o='urn:o' xmlns='urn:p'>\n");
    for (int i = 0; i < 40; i++) {
        buffer_printf(text, "<line n='%d' o:x='&lt;%d'><mass unit='KGM'>%d.%d</mass><![CDATA[<%d>]]>&amp;</line>\n", i,
                      i, i, i, i);
    }
    buffer_string(text, "</o:order>");
}

static uint32_t texts_below(const struct source *source) {
    uint32_t sum = 0;
    for (const struct source *at = source; at; at = at->next) {
        sum += (at->text ? (uint32_t)strlen(at->text) : 0) + at->element->line + texts_below(at->first);
    }
    return sum;
}

static void damage_gives_the_same_verdict(void **state) {
    (void)state;
    struct buffer text = {0};
    struct names *names = names_new();
    write_order(&text);
    xml_memory_poison(true);
    uint32_t seed = 7;
    for (int i = 0; i < 4000; i++) {
        struct arena *arena = arena_new();
        unsigned char *bytes = (unsigned char *)arena_copy(arena, text.bytes, text.length);
        size_t length = text.length;
        for (uint32_t k = roll(&seed) % 3; k > 0; k--) {
            bytes[roll(&seed) % length] ^= (unsigned char)(1U << roll(&seed) % 8);
        }
        length = roll(&seed) % 8 == 0 ? roll(&seed) % length : length;
        struct xml_document *plain = xml_parse(arena, NULL, bytes, length, 1, &limits);
        struct xml_document *scratch = xml_parse_scratch(arena, NULL, bytes, length, 1, &limits);
        assert_int_equal(xml_state(plain), xml_state(scratch));
        uint32_t places[4];
        const char *one = xml_message(plain, &places[0], &places[1]);
        const char *two = xml_message(scratch, &places[2], &places[3]);
        assert_int_equal(places[0], places[2]);
        assert_int_equal(places[1], places[3]);
        assert_string_equal(one ? one : "", two ? two : "");
        assert_int_equal(texts_below(xml_source(plain, names)), texts_below(xml_source(scratch, names)));
        xml_release(scratch);
        xml_release(plain);
        arena_free(arena);
    }
    xml_memory_poison(false);
    names_free(names);
    buffer_free(&text);
}

static void pieces_grow_where_they_stand_or_move(void **state) {
    (void)state;
    unsigned char *outside = xmlMalloc(10);
    memset(outside, 1, 10);
    xml_memory_begin();
    unsigned char *first = xmlMalloc(10);
    memset(first, 2, 10);
    unsigned char *last = xmlMalloc(10);
    memset(last, 3, 10);
    last = xmlRealloc(last, 100);
    first = xmlRealloc(first, 3 * 1024 * 1024);
    outside = xmlRealloc(outside, 1000);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(outside[i], 1);
        assert_int_equal(first[i], 2);
        assert_int_equal(last[i], 3);
    }
    char *copy = xmlMemStrdup("text");
    assert_string_equal(copy, "text");
    xmlFree(copy);
    xmlFree(first);
    xmlFree(last);
    xml_memory_end();
    for (int i = 0; i < 10; i++) {
        assert_int_equal(outside[i], 1); /* made before the phase: it lives on, grown in it or not */
    }
    xmlFree(outside);
    xmlFree(NULL);
}

static void phases_nest(void **state) {
    (void)state;
    assert_false(xml_memory_in_arena());
    xml_memory_begin();
    char *kept = xmlMemStrdup("kept");
    xml_memory_begin();
    xml_memory_end();
    assert_string_equal(kept, "kept");
    xmlFree(kept);
    xml_memory_end();
    assert_false(xml_memory_in_arena());
}

int main(void) {
    xml_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_gives_the_same_verdict),
        cmocka_unit_test(pieces_grow_where_they_stand_or_move),
        cmocka_unit_test(phases_nest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
