/* The declaration itself: its office, the day whose law applies, and what each item takes from the header. */
#include "base/arena.h"
#include "base/time.h"
#include "facts/derive-parts.h"
#include "reference/reference.h"

#include <string.h>

enum { HS6 = 6, HEADING = 4, CHAPTER = 2 };

static const char *dialect_of(struct deriving *d) {
    const struct document *document = document_of(d, d->declaration);
    return document && document->dialect ? document->dialect : "";
}

static void derive_office(struct deriving *d) {
    const struct derivations *data = d->k->derivations;
    for (size_t i = 0; i < data->office_count && !fact_at(d->declaration, "office"); i++) {
        const struct fact *source = fact_at(d->declaration, data->offices[i].source);
        size_t length = strlen(data->offices[i].dialect);
        if (source && strncmp(dialect_of(d), data->offices[i].dialect, length) == 0) {
            struct fact *office = derived(d, d->declaration, "office", NULL, source);
            tree_add(d->tree, office, "@derived", "true");
        }
    }
}

/* The local day of a fact in the zone of the office, or NULL. */
static const char *local_day(struct deriving *d, const char *path) {
    const char *text = fact_text(d->declaration, path);
    const char *office = fact_text(d->declaration, "office");
    const struct zone *zone = NULL;
    struct moment moment;
    if (office) {
        (void)reference_office_zone(d->k->reference, office, &zone);
    }
    if (!text || !moment_read(text, zone, &moment)) {
        return NULL;
    }
    char day[MOMENT_TEXT];
    day_print(moment_day(&moment, zone), day);
    return arena_string(d->arena, day);
}

/* FACTS 3: acceptance, else lodgement, else the run's day, unless the user names one. */
static void derive_as_of(struct deriving *d) {
    static const char *const clocks[] = {"acceptedAt", "lodgedAt"};
    const char *day = d->k->as_of;
    const struct fact *from = NULL;
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks && !day; i++) {
        day = local_day(d, clocks[i]);
        from = fact_at(d->declaration, clocks[i]);
    }
    if (!day) {
        char text[MOMENT_TEXT];
        day_print(moment_day(&d->k->now, NULL), text);
        day = arena_string(d->arena, text);
        from = NULL;
    }
    derived(d, d->dossier, "@asOf", day, from);
}

void derive_header(struct deriving *d) {
    derive_office(d);
    derive_as_of(d);
}

static void copy_down(struct deriving *d, struct fact *item) {
    const struct derivations *data = d->k->derivations;
    for (size_t i = 0; i < data->copy_count; i++) {
        const struct fact *header = fact_at(d->declaration, data->copies[i]);
        if (header && !fact_at(item, data->copies[i])) {
            tree_copy(d->tree, item, header, NULL);
        }
    }
}

static void cut_code(struct deriving *d, struct fact *item) {
    static const struct {
        const char *name;
        size_t digits;
    } parts[] = {{"hs6", HS6}, {"heading", HEADING}, {"chapter", CHAPTER}};
    struct fact *code = fact_at(item, "commodity/code");
    if (!code || !code->value) {
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strlen(code->value) >= parts[i].digits) {
            derived_once(d, code->parent, parts[i].name, arena_copy(d->arena, code->value, parts[i].digits), code);
        }
    }
}

/* The procedure of the item before: most declarations have one for all their items, so it is asked for once. */
struct last_procedure {
    const char *requested, *previous, *additional, *regime;
    bool asked;
};

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static const char *regime_of(struct deriving *d, const struct fact *item, int32_t day) {
    const char *requested = fact_text(item, "procedure/requested");
    const char *trade_mode = fact_text(d->declaration, "tradeMode");
    if (!requested && !trade_mode) {
        return NULL;
    }
    const char *regime = NULL;
    const struct fact *additional = fact_at(item, "procedure/additional");
    do {
        regime = reference_regime(d->k->reference, dialect_of(d), requested, fact_text(item, "procedure/previous"),
                                  additional ? additional->value : NULL, trade_mode, day);
        additional = additional ? additional->next_same : NULL;
    } while (!regime && additional);
    return regime;
}

static const char *regime_again(struct deriving *d, const struct fact *item, int32_t day, struct last_procedure *last) {
    const struct fact *additional = fact_at(item, "procedure/additional");
    struct last_procedure now = {
        .requested = fact_text(item, "procedure/requested"),
        .previous = fact_text(item, "procedure/previous"),
        .additional = additional ? additional->value : NULL,
        .asked = !additional || !additional->next_same,
    };
    bool same = last->asked && now.asked && same_text(now.requested, last->requested) &&
                same_text(now.previous, last->previous) && same_text(now.additional, last->additional);
    now.regime = same ? last->regime : regime_of(d, item, day);
    *last = now;
    return now.regime;
}

void derive_items(struct deriving *d) {
    const char *common = NULL;
    bool mixed = false;
    bool complete = true;
    int32_t day = 0;
    unsigned position = 0;
    struct last_procedure last = {0};
    (void)day_read(fact_text(d->dossier, "@asOf"), &day);
    for (struct fact *item = fact_at(d->declaration, "goodsItem"); item; item = item->next_same) {
        position++;
        if (!fact_at(item, "@n")) {
            tree_addf(d->tree, item, "@n", "%u", position);
        }
        copy_down(d, item);
        cut_code(d, item);
        const char *regime = regime_again(d, item, day, &last);
        if (!regime) {
            complete = false;
            continue;
        }
        const struct fact *from = fact_at(item, "procedure/requested");
        derived(d, item, "regime", regime, from ? from : fact_at(d->declaration, "tradeMode"));
        mixed = mixed || (common && strcmp(common, regime) != 0);
        common = regime;
    }
    if (common && complete) {
        derived(d, d->declaration, "regime", mixed ? "mixed" : common, fact_at(d->declaration, "goodsItem/regime"));
    }
}
