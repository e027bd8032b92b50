/* Comparisons of XPath 1.0: a node-set compares as soon as one of its nodes does. Numbers are exact. */
#include "pages/sheet-parts.h"

#include <string.h>

/* One value of a comparison: a node, a text, a number. */
struct side {
    const char *text; /* NULL: it is a number alone */
    int64_t number;
};

/* XPath's number(): digits with at most one point, a minus sign, blanks around. False: not a number. */
static bool number_of(const struct side *side, struct decimal *out) {
    if (!side->text) {
        *out = decimal_from(side->number);
        return true;
    }
    const char *text = side->text + strspn(side->text, " \t\r\n");
    size_t length = strlen(text);
    while (length && strchr(" \t\r\n", text[length - 1])) {
        length--;
    }
    return *text != '+' && decimal_parse(text, length, out);
}

static bool holds(enum token sign, int order) {
    switch (sign) {
    case TOKEN_EQUAL:
        return order == 0;
    case TOKEN_DIFFERENT:
        return order != 0;
    case TOKEN_LESS:
        return order < 0;
    case TOKEN_LESS_EQUAL:
        return order <= 0;
    case TOKEN_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

static bool compare_sides(const struct side *left, enum token sign, const struct side *right) {
    bool equality = sign == TOKEN_EQUAL || sign == TOKEN_DIFFERENT;
    if (equality && left->text && right->text) {
        return holds(sign, strcmp(left->text, right->text));
    }
    struct decimal a;
    struct decimal b;
    if (!number_of(left, &a) || !number_of(right, &b)) {
        return sign == TOKEN_DIFFERENT; /* not a number differs from everything */
    }
    return holds(sign, decimal_compare(&a, &b));
}

static size_t sides_of(const struct sheet_value *value) {
    return value->type == SHEET_NODES ? value->nodes.count : 1;
}

static struct side side_of(struct sheet_run *run, const struct sheet_value *value, size_t i) {
    switch (value->type) {
    case SHEET_NODES:
        return (struct side){.text = sheet_fact_string(run, run->stack[value->nodes.first + i])};
    case SHEET_NUMBER:
        return (struct side){.number = value->number};
    case SHEET_TRUTH:
        return (struct side){.number = value->truth};
    default:
        return (struct side){.text = sheet_value_string(run, value)};
    }
}

/* Beside a truth, everything is one; in an equation, a number beside it too. */
static struct sheet_value as_truth(const struct sheet_value *value, bool equality) {
    if (value->type == SHEET_NODES || equality) {
        return (struct sheet_value){.type = SHEET_TRUTH, .truth = sheet_value_truth(value)};
    }
    return *value;
}

bool sheet_compare(struct sheet_run *run, const struct sheet_value *left, enum token sign,
                   const struct sheet_value *right) {
    bool equality = sign == TOKEN_EQUAL || sign == TOKEN_DIFFERENT;
    struct sheet_value a = *left;
    struct sheet_value b = *right;
    if (a.type == SHEET_TRUTH || b.type == SHEET_TRUTH) {
        a = as_truth(left, equality);
        b = as_truth(right, equality);
    }
    for (size_t i = 0; i < sides_of(&a); i++) {
        struct side one = side_of(run, &a, i);
        for (size_t j = 0; j < sides_of(&b); j++) {
            struct side other = side_of(run, &b, j);
            if (compare_sides(&one, sign, &other)) {
                return true;
            }
        }
    }
    return false;
}
