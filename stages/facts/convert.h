/* A text of a document as the value of a fact: what FACTS 1 says of each type. */
#ifndef TW_FACTS_CONVERT_H
#define TW_FACTS_CONVERT_H

#include "facts/map.h"

struct arena;

enum conversion { CONVERTED, CONVERTED_ABSENT, CONVERTED_NOT };

struct converted {
    enum conversion state;
    const char *text;
    const char *expected;  /* CONVERTED_NOT: what it should have been */
    const char *orig;      /* the source's code, number or text, where it was changed; NULL */
    const char *unit;      /* currency or unit; NULL */
    const char *ambiguous; /* the other day that the text may mean; NULL */
    bool assumed;          /* an instant without zone */
};

struct convertible {
    const struct dialect *dialect;
    const struct map_entry *entry;
    const struct definition *definition;
    const char *raw;       /* trimmed */
    const char *unit;      /* as written; NULL: none */
    const char *form_text; /* of form="@code"; NULL: the entry's form */
    const char *plus;      /* days to be added to a date; NULL: none */
    bool form_missing;
};

struct converted convert(struct arena *arena, const struct convertible *value);

/* A decimal as the entry writes it, with its factor; for sums. */
bool convert_decimal(const struct map_entry *entry, const char *raw, struct decimal *out);
/* The unit or currency by the dialect's rows. */
const char *convert_unit(const struct dialect *dialect, const struct definition *definition, const char *unit);

#endif
