#include "base/fold.h"

#include "base/arena.h"
#include "base/unicode.h"

#include <string.h>

enum { LONGEST_FORM = 64 /* bytes; so much of a name's end is looked at, however long the name */ };

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

/* Where the longest form begins that is whole words before end. A name begins with a word: its first one stays. */
static char *find_words(char *from, const char *end, const struct legal_forms *forms) {
    for (char *blank = from; blank < end; blank++) {
        if (*blank == ' ' && is_form(forms, blank + 1)) {
            return blank;
        }
    }
    return NULL;
}

/* The same within the last word, where words are written without blanks: 某某有限公司. */
static char *find_suffix(char *from, char *end, const struct legal_forms *forms) {
    char *word = end;
    while (word > from && word[-1] != ' ') {
        word--;
    }
    const char *next = word;
    (void)unicode_next(&next); /* something must stay */
    while (*next) {
        char *suffix = word + (next - word);
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
        char *from = end - name > LONGEST_FORM ? end - LONGEST_FORM : name;
        char *words = find_words(from, end, forms);
        end = words ? words : find_suffix(from, end, forms);
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
