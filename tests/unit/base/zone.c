/* Zones: names, gaps and overlaps, assumed instants. */
#include "base/support.h"

#include "base/file.h"
#include "base/time.h"
#include "base/zone-data.h"

#include <stdlib.h>

static const struct zone *zone(void **state, const char *name) {
    const struct zone *opened;
    assert_true(zone_open(*state, name, &opened));
    return opened;
}

static int64_t instant(const char *text) {
    struct moment moment;
    assert_true(moment_read(text, NULL, &moment));
    return moment.at;
}

static void summer_comes_and_goes(void **state) {
    const struct zone *berlin = zone(state, "Europe/Berlin");
    assert_int_equal(zone_offset(berlin, instant("2026-01-15T12:00Z")), 3600);
    assert_int_equal(zone_offset(berlin, instant("2026-07-15T12:00Z")), 7200);
    assert_int_equal(zone_offset(berlin, instant("2026-03-29T00:59:59Z")), 3600);
    assert_int_equal(zone_offset(berlin, instant("2026-03-29T01:00:00Z")), 7200);
    assert_int_equal(zone_offset(berlin, instant("2026-10-25T00:59:59Z")), 7200);
    assert_int_equal(zone_offset(berlin, instant("2026-10-25T01:00:00Z")), 3600);
    assert_int_equal(zone_offset(berlin, instant("2099-07-15T12:00Z")), 7200);
}

static void gaps_and_overlaps_take_the_earlier_offset(void **state) {
    static const struct {
        const char *zone, *local, *printed;
    } cases[] = {
        {"Europe/Berlin", "2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"},
        {"Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T02:30:00+01:00"}, /* no such time on that day */
        {"Europe/Berlin", "2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00"},
        {"Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00"}, /* twice on that day */
        {"Europe/Berlin", "2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"},
        {"Asia/Shanghai", "2026-07-01T09:00:00", "2026-07-01T09:00:00+08:00"},
        {"America/St_Johns", "2026-01-01T09:00", "2026-01-01T09:00:00-03:30"},
        {"Pacific/Apia", "2011-12-30T12:00", "2011-12-30T12:00:00-10:00"}, /* a day that was left out */
        {"+05:45", "2026-01-01T09:00", "2026-01-01T09:00:00+05:45"},
        {"Z", "2026-01-01T09:00", "2026-01-01T09:00:00Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct moment moment;
        char text[MOMENT_TEXT];
        assert_true(moment_read(cases[i].local, zone(state, cases[i].zone), &moment));
        assert_true(moment.assumed);
        moment_print(&moment, text);
        assert_string_equal(text, cases[i].printed);
    }
}

static void names_are_known_or_refused(void **state) {
    static const char *const known[] = {"UTC", "Etc/UTC", "Asia/Kolkata", "Asia/Calcutta", "-03:30", "+00:00"};
    static const char *const unknown[] = {"",       "Berlin", "Europe/Nowhere", "Etc/Unknown", "+8",
                                          "+25:00", "T",      "GMT+99:99",      "\xC3\xBC",    "+08:00x"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        (void)zone(state, known[i]);
    }
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        const struct zone *opened;
        assert_false(zone_open(*state, unknown[i], &opened));
        assert_null(opened);
    }
    assert_null(zone(state, "Z"));
}

static void summer_of_the_south_and_rules_of_any_hour(void **state) {
    const struct zone *sydney = zone(state, "Australia/Sydney");
    assert_int_equal(zone_offset(sydney, instant("2099-01-15T12:00Z")), 11 * 3600);
    assert_int_equal(zone_offset(sydney, instant("2099-07-15T12:00Z")), 10 * 3600);
    const struct zone *nuuk = zone(state, "America/Nuuk"); /* its summer begins at -1 o'clock of a Sunday */
    assert_int_equal(zone_offset(nuuk, instant("2099-03-29T00:59:59Z")), -2 * 3600);
    assert_int_equal(zone_offset(nuuk, instant("2099-03-29T01:00:00Z")), -3600);
    const struct zone *dublin = zone(state, "Europe/Dublin"); /* winter is its other time */
    assert_int_equal(zone_offset(dublin, instant("2099-01-15T12:00Z")), 0);
    assert_int_equal(zone_offset(dublin, instant("2099-07-15T12:00Z")), 3600);
}

static void data_cut_off_is_refused(void **state) {
    size_t length;
    char *bytes = file_read("/usr/share/zoneinfo/Europe/Berlin", 1 << 20, &length);
    assert_non_null(bytes);
    for (size_t cut = 0; cut <= length; cut++) {
        struct zone_changes changes = {.arena = *state};
        unsigned char *part = malloc(cut ? cut : 1); /* a reader that goes on behind its end is seen by the sanitizer */
        memcpy(part, bytes, cut);
        assert_int_equal(zone_data_read(part, cut, 0, 4000000000, &changes), cut == length);
        free(part);
    }
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(summer_comes_and_goes),      cmocka_unit_test(gaps_and_overlaps_take_the_earlier_offset),
        cmocka_unit_test(names_are_known_or_refused), cmocka_unit_test(summer_of_the_south_and_rules_of_any_hour),
        cmocka_unit_test(data_cut_off_is_refused),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
