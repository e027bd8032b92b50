#include "base/fold.h"

#include "base/arena.h"
#include "base/unicode.h"

#include <string.h>

enum {
    LONGEST_FORM = 8,   /* words of one legal form */
    LONGEST_SUFFIX = 48 /* bytes of one that is written without blanks: 16 Han characters */
};

static bool is_form(const struct legal_forms *forms, const char *text) {
    size_t low = 0;
    size_t high = forms->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(forms->tokens[middle], text);
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

/* The blank before the word that ends at end, or NULL for the first word. */
static char *blank_before(char *name, char *end) {
    while (end > name && end[-1] != ' ') {
        end--;
    }
    return end > name ? end - 1 : NULL;
}

/* Where the longest form begins that is whole words at the end; a name's first word always stays. */
static char *find_words(char *name, char *end, const struct legal_forms *forms) {
    char *longest = NULL;
    char *blank = end;
    for (int words = 0; words < LONGEST_FORM; words++) {
        blank = blank_before(name, blank);
        if (!blank) {
            break;
        }
        if (is_form(forms, blank + 1)) {
            longest = blank;
        }
    }
    return longest;
}

/* The same within the last word, where words are written without blanks: 某某有限公司. */
static char *find_suffix(char *name, char *end, const struct legal_forms *forms) {
    char *blank = blank_before(name, end);
    const char *next = blank ? blank + 1 : name;
    (void)unicode_next(&next); /* something must stay */
    while (end - next > LONGEST_SUFFIX) {
        (void)unicode_next(&next);
    }
    while (*next) {
        char *suffix = name + (next - name);
        int32_t first = unicode_next(&next);
        if (*next && unicode_is_east_asian(first) && is_form(forms, suffix)) {
            return suffix;
        }
    }
    return NULL;
}

static void cut_forms(char *name, const struct legal_forms *forms) {
    char *end = name + strlen(name);
    while (end) {
        *end = '\0';
        char *words = find_words(name, end, forms);
        end = words ? words : find_suffix(name, end, forms);
    }
}

const char *fold_name(struct arena *arena, const char *text, bool digraphs, const struct legal_forms *forms) {
    static const char article[] = "the ";
    const char *folded = fold_text(arena, text, digraphs);
    if (!forms) {
        return folded;
    }
    char *name = arena_string(arena, folded);
    cut_forms(name, forms);
    return strncmp(name, article, sizeof article - 1) == 0 ? name + sizeof article - 1 : name;
}
