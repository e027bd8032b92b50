/* The table of functions: one array per subject. */
#include "xpath/function.h"

#include "base/problems.h"

#include <string.h>

static const struct function *const tables[] = {
    functions_core,     functions_join,
    functions_choice,   functions_decimal,
    functions_time,     functions_check,
    functions_text,     functions_register,
    functions_party,    functions_procedure,
    functions_document, functions_condition,
    functions_match,    NULL,
};

enum { MAX_FUNCTIONS = 256 };

const struct function *function_find(const char *name) {
    for (size_t i = 0; tables[i]; i++) {
        for (const struct function *row = tables[i]; row->name; row++) {
            if (strcmp(row->name, name) == 0) {
                return row;
            }
        }
    }
    return NULL;
}

const char *function_nearest(const char *name) {
    const char *names[MAX_FUNCTIONS];
    size_t count = 0;
    for (size_t i = 0; tables[i]; i++) {
        for (const struct function *row = tables[i]; row->name && count < MAX_FUNCTIONS; row++) {
            names[count++] = row->name;
        }
    }
    return problem_nearest(name, names, count);
}
