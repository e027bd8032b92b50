/* The functions that XPath 1.0 has and rules may use (RULES 4). Characters are those of UTF-8. */
#include "base/arena.h"
#include "xpath/evaluate.h"

#include <string.h>

static enum truth not_of(struct evaluation *e, const struct call *call, struct fact *at,
                         const struct missing **missing) {
    enum truth truth = eval_truth(e, call->arguments[0], at, missing);
    return truth == TRUTH_UNKNOWN ? truth : truth == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

static enum truth boolean_of(struct evaluation *e, const struct call *call, struct fact *at,
                             const struct missing **missing) {
    return eval_truth(e, call->arguments[0], at, missing);
}

static struct value true_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)arguments, (void)count;
    return value_boolean(true);
}

static struct value false_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)arguments, (void)count;
    return value_boolean(false);
}

struct counting {
    struct visitor visitor;
    int64_t count;
    bool maybe;
};

static bool take_counted(struct visitor *v, struct fact *fact, bool maybe) {
    struct counting *counting = (struct counting *)v;
    (void)fact;
    counting->count++;
    counting->maybe = counting->maybe || maybe;
    return true;
}

static struct value count_of(struct evaluation *e, const struct call *call, struct fact *at) {
    struct counting counting = {.visitor = {.e = e, .take = take_counted}};
    struct value other;
    bool visited = visit(&counting.visitor, call->arguments[0], at, &other);
    if (!visited || counting.maybe || counting.visitor.unknown) {
        return value_unknown(counting.visitor.missing);
    }
    return value_integer(counting.count);
}

static struct value string_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return arguments[0];
}

static struct value concat_of(struct evaluation *e, const struct value *arguments, size_t count) {
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        length += strlen(arguments[i].text);
    }
    char *made = arena_alloc(e->arena, length + 1);
    char *end = made;
    for (size_t i = 0; i < count; i++) {
        size_t part = strlen(arguments[i].text);
        memcpy(end, arguments[i].text, part);
        end += part;
    }
    *end = '\0';
    return value_string(made);
}

static bool continues(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Moves over characters, at most that many. */
static const char *skip(const char *text, int64_t characters) {
    while (*text && characters > 0) {
        text++;
        while (continues(*text)) {
            text++;
        }
        characters--;
    }
    return text;
}

/* From the character first (from 1), that many; whole numbers only. */
static struct value substring_of(struct evaluation *e, const struct value *arguments, size_t count) {
    int64_t first, length = INT32_MAX;
    if (!decimal_to_integer(&arguments[1].decimal, &first) ||
        (count > 2 && !decimal_to_integer(&arguments[2].decimal, &length)) || first < INT32_MIN || first > INT32_MAX ||
        length < INT32_MIN || length > INT32_MAX) {
        return value_unknown(missing_named(e, "a whole number"));
    }
    int64_t end = first + length; /* the character after the last */
    first = first < 1 ? 1 : first;
    const char *from = skip(arguments[0].text, first - 1);
    return value_string(arena_copy(e->arena, from, (size_t)(skip(from, end - first) - from)));
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct value normalize_space_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)count;
    char *made = arena_alloc(e->arena, strlen(arguments[0].text) + 1);
    char *end = made;
    for (const char *text = arguments[0].text; *text; text++) {
        if (!is_blank(*text)) {
            *end++ = *text;
        } else if (end > made && end[-1] != ' ') {
            *end++ = ' ';
        }
    }
    end -= end > made && end[-1] == ' ' ? 1 : 0;
    *end = '\0';
    return value_string(made);
}

static struct value contains_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_boolean(strstr(arguments[0].text, arguments[1].text) != NULL);
}

static struct value starts_with_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    return value_boolean(strncmp(arguments[0].text, arguments[1].text, strlen(arguments[1].text)) == 0);
}

static struct value string_length_of(struct evaluation *e, const struct value *arguments, size_t count) {
    (void)e, (void)count;
    int64_t characters = 0;
    for (const char *text = arguments[0].text; *text; text++) {
        characters += continues(*text) ? 0 : 1;
    }
    return value_integer(characters);
}

const struct function functions_core[] = {
    {.name = "not", .takes = "B", .min = 1, .returns = RETURNS_BOOLEAN, .truth = not_of},
    {.name = "boolean", .takes = "B", .min = 1, .returns = RETURNS_BOOLEAN, .truth = boolean_of},
    {.name = "true", .takes = "", .returns = RETURNS_BOOLEAN, .body = true_of},
    {.name = "false", .takes = "", .returns = RETURNS_BOOLEAN, .body = false_of},
    {.name = "count", .takes = "n", .min = 1, .returns = RETURNS_INTEGER, .lazy = count_of},
    {.name = "string", .takes = "T", .min = 1, .returns = RETURNS_TEXT, .body = string_of},
    {.name = "concat", .takes = "TT", .min = 2, .repeats = 1, .returns = RETURNS_TEXT, .body = concat_of},
    {.name = "substring", .takes = "TDD", .min = 2, .returns = RETURNS_TEXT, .body = substring_of},
    {.name = "normalize-space", .takes = "T", .min = 1, .returns = RETURNS_TEXT, .body = normalize_space_of},
    {.name = "contains", .takes = "TT", .min = 2, .returns = RETURNS_BOOLEAN, .body = contains_of},
    {.name = "starts-with", .takes = "TT", .min = 2, .returns = RETURNS_BOOLEAN, .body = starts_with_of},
    {.name = "string-length", .takes = "T", .min = 1, .returns = RETURNS_INTEGER, .body = string_length_of},
    {0},
};
