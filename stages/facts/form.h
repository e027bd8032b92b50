/* How a source writes dates and decimals (word form= of maps), and the reading of both into the facts' notation. */
#ifndef TW_FACTS_FORM_H
#define TW_FACTS_FORM_H

#include "base/decimal.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum form_kind { FORM_DATE, FORM_COMMA, FORM_GROUPED };
struct form {
    enum form_kind kind;
    const char *const *patterns; /* of dates, in order; "iso" is ISO 8601 */
    size_t count;
    const char *text; /* as written, for messages */
};

/* From "102", "YYMMDD YYYYMMDD", "comma"; NULL: neither a code, nor a word, nor a pattern that has a day. */
const struct form *form_new(struct arena *arena, const char *text);

/* A date or an instant as it was read; fields that were not written are -1. */
struct written_time {
    int year, month, day, hour, minute, second;
    bool zone;  /* a zone was written */
    int offset; /* minutes east of UTC */
};

/* By the first pattern that fits and names a day of the calendar. other: the first further pattern that fits too,
 * and means another day (its year is -1 where there is none). form NULL: ISO 8601. */
bool form_read_time(const struct form *form, const char *text, struct written_time *out, struct written_time *other);

/* "YYYY-MM-DD". */
const char *time_as_day(struct arena *arena, const struct written_time *time);
/* "YYYY-MM-DDThh:mm:ss" with the zone that was written, else with zone (NULL: none); a day where no hour is. */
const char *time_as_instant(struct arena *arena, const struct written_time *time, const char *zone);

/* Plain, with a comma, or grouped: "1,234.5". False: no decimal. */
bool form_read_decimal(const struct form *form, const char *text, struct decimal *out);

#endif
