/* Answers one line for each line read, for tests/property/decimals.py to compare with Python's own arithmetic.
 *
 * A line is an operation and its arguments, apart by tabs; the answer is the result, or "refused".
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/fold.h"
#include "base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FIELDS = 32, LONGEST_LINE = 8192 };

static const char refused[] = "refused";

struct request {
    char *fields[MOST_FIELDS];
    size_t count;
    struct arena *arena;
    const struct zone *zone; /* the one named last */
};

static bool number(const struct request *request, size_t field, struct decimal *out) {
    const char *text = request->fields[field];
    return decimal_parse(text, strlen(text), out);
}

static int integer(const struct request *request, size_t field) {
    return (int)strtol(request->fields[field], NULL, 10);
}

static void answer_decimal(bool computed, const struct decimal *value) {
    char text[DECIMAL_TEXT];
    if (computed) {
        decimal_print(value, text);
    }
    (void)puts(computed ? text : refused);
}

static void answer_parse(struct request *request) {
    struct decimal value;
    bool parsed = number(request, 1, &value);
    answer_decimal(parsed, &value);
}

typedef bool binary(const struct decimal *a, const struct decimal *b, struct decimal *out);

static void answer_binary(struct request *request, binary *operate) {
    struct decimal a;
    struct decimal b;
    struct decimal out;
    bool computed = number(request, 1, &a) && number(request, 2, &b) && operate(&a, &b, &out);
    answer_decimal(computed, &out);
}

static void answer_add(struct request *request) {
    answer_binary(request, decimal_add);
}

static void answer_subtract(struct request *request) {
    answer_binary(request, decimal_subtract);
}

static void answer_multiply(struct request *request) {
    answer_binary(request, decimal_multiply);
}

static void answer_compare(struct request *request) {
    struct decimal a;
    struct decimal b;
    bool read = number(request, 1, &a) && number(request, 2, &b);
    (void)printf("%d\n", read ? decimal_compare(&a, &b) : 9);
}

static void answer_divide(struct request *request) {
    struct decimal a;
    struct decimal b;
    struct decimal out;
    bool computed = number(request, 1, &a) && number(request, 2, &b) &&
                    decimal_divide(&a, &b, (unsigned)integer(request, 3), (enum rounding)integer(request, 4), &out);
    answer_decimal(computed, &out);
}

static void answer_round(struct request *request) {
    struct decimal value;
    struct decimal out;
    bool computed = number(request, 1, &value) &&
                    decimal_round(&value, (unsigned)integer(request, 2), (enum rounding)integer(request, 3), &out);
    answer_decimal(computed, &out);
}

static void answer_within(struct request *request) {
    struct decimal values[4];
    bool within = false;
    bool computed = true;
    for (size_t i = 0; i < 4; i++) {
        computed = computed && number(request, i + 1, &values[i]);
    }
    computed = computed && decimal_within(&values[0], &values[1], &values[2], &values[3], &within);
    (void)puts(!computed ? refused : within ? "true" : "false");
}

/* share, places, amount, weights… */
static void answer_share(struct request *request) {
    struct decimal amount;
    struct decimal weights[MOST_FIELDS];
    struct decimal parts[MOST_FIELDS];
    size_t count = request->count - 3;
    bool computed = number(request, 2, &amount);
    for (size_t i = 0; i < count; i++) {
        computed = computed && number(request, i + 3, &weights[i]);
    }
    computed = computed && decimal_share(&amount, weights, count, (unsigned)integer(request, 1), parts);
    if (!computed) {
        (void)puts(refused);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        char text[DECIMAL_TEXT];
        decimal_print(&parts[i], text);
        (void)printf("%s%c", text, i + 1 < count ? ' ' : '\n');
    }
}

static void answer_day(bool read, int32_t day) {
    char text[MOMENT_TEXT];
    if (read) {
        day_print(day, text);
    }
    (void)puts(read ? text : refused);
}

static void answer_add_days(struct request *request) {
    int32_t day = 0;
    bool read = day_read(request->fields[1], &day);
    answer_day(read, day + integer(request, 2));
}

static void answer_add_months(struct request *request) {
    int32_t day = 0;
    bool read = day_read(request->fields[1], &day);
    answer_day(read, day_add_months(day, integer(request, 2)));
}

static void answer_weekday(struct request *request) {
    int32_t day = 0;
    bool read = day_read(request->fields[1], &day);
    (void)printf("%d\n", read ? day_of_week(day) : 0);
}

/* The instant and the offset of a dateTime, read in the zone of the last line "zone". */
static void answer_moment(struct request *request) {
    struct moment moment;
    if (moment_read(request->fields[1], request->zone, &moment)) {
        (void)printf("%lld %d\n", (long long)moment.at, (int)moment.offset);
    } else {
        (void)puts(refused);
    }
}

static void answer_zone(struct request *request) {
    (void)puts(zone_open(request->arena, request->fields[1], &request->zone) ? "open" : refused);
}

static void answer_offset(struct request *request) {
    (void)printf("%d\n", (int)zone_offset(request->zone, strtoll(request->fields[1], NULL, 10)));
}

static void answer_fold(struct request *request) {
    struct arena *scratch = arena_new();
    (void)puts(fold_text(scratch, request->fields[1], false));
    arena_free(scratch);
}

static void answer_reference(struct request *request) {
    struct arena *scratch = arena_new();
    (void)puts(fold_reference(scratch, request->fields[1]));
    arena_free(scratch);
}

static void answer_similar(struct request *request) {
    struct arena *scratch = arena_new();
    struct decimal similarity;
    bool decided = fold_similar(scratch, request->fields[1], request->fields[2], &similarity);
    answer_decimal(decided, &similarity);
    arena_free(scratch);
}

static const struct operation {
    const char *name;
    size_t fields;
    void (*answer)(struct request *request);
} operations[] = {
    {"parse", 2, answer_parse},         {"add", 3, answer_add},
    {"subtract", 3, answer_subtract},   {"multiply", 3, answer_multiply},
    {"compare", 3, answer_compare},     {"divide", 5, answer_divide},
    {"round", 4, answer_round},         {"within", 5, answer_within},
    {"share", 4, answer_share},         {"days", 3, answer_add_days},
    {"months", 3, answer_add_months},   {"weekday", 2, answer_weekday},
    {"moment", 2, answer_moment},       {"zone", 2, answer_zone},
    {"offset", 2, answer_offset},       {"fold", 2, answer_fold},
    {"reference", 2, answer_reference}, {"similar", 3, answer_similar},
};

static void split(struct request *request, char *line) {
    line[strcspn(line, "\n")] = '\0';
    request->count = 0;
    for (char *field; request->count < MOST_FIELDS && (field = strsep(&line, "\t")) != NULL;) {
        request->fields[request->count++] = field;
    }
}

int main(void) {
    static char line[LONGEST_LINE];
    struct request request = {.arena = arena_new()};
    while (fgets(line, sizeof line, stdin)) {
        const struct operation *operation = operations;
        const struct operation *end = operations + sizeof operations / sizeof *operations;
        split(&request, line);
        while (operation < end && strcmp(operation->name, request.fields[0]) != 0) {
            operation++;
        }
        if (operation == end || request.count < operation->fields) {
            (void)fprintf(stderr, "decimals-driver: no such request: %s\n", request.fields[0]);
            return 1;
        }
        operation->answer(&request);
    }
    arena_free(request.arena);
    return 0;
}
