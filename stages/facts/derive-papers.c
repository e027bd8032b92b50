/* The accompanying papers: what their own texts say without a field for it (FACTS 6). */
#include "base/arena.h"
#include "base/fold.h"
#include "facts/derive-parts.h"
#include "reference/reference.h"

#include <string.h>

static bool begins_with_word(const char *folded, const char *words) {
    size_t length = strlen(words);
    return strncmp(folded, words, length) == 0 && (folded[length] == '\0' || folded[length] == ' ');
}

/* A consignee who is none: the bill is made out to order. */
static void derive_to_order(struct deriving *d, struct fact *paper) {
    struct fact *name = fact_at(paper, "consignee/name");
    if (fact_at(paper, "toOrder") || !name || !name->value) {
        return;
    }
    const char *folded = fold_text(d->arena, name->value, false);
    if (begins_with_word(folded, "to order") || begins_with_word(folded, "to the order") ||
        begins_with_word(folded, "order")) {
        derived(d, paper, "toOrder", "true", name);
    }
}

static bool has_word_of(struct deriving *d, const char *text, const struct answer *words) {
    const char *folded = arena_printf(d->arena, " %s ", fold_text(d->arena, text, false));
    for (size_t i = 0; i < words->count; i++) {
        const char *code = fact_text(words->rows[i], "code");
        if (code && strstr(folded, arena_printf(d->arena, " %s ", fold_text(d->arena, code, false)))) {
            return true;
        }
    }
    return false;
}

static void derive_retrospective(struct deriving *d, struct fact *certificate, const struct answer *words) {
    static const char *const texts[] = {"remark", "originCriterion", "treatment"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (struct fact *text = fact_at(certificate, texts[i]); text; text = text->next_same) {
            if (text->value && has_word_of(d, text->value, words)) {
                derived_once(d, certificate, "retrospective", "true", text);
                return;
            }
        }
    }
}

/* FACTS 6: a signature is present when it names someone, or is one that can be checked. */
static void derive_signatures(struct deriving *d, struct fact *paper) {
    for (struct fact *signature = fact_at(paper, "signature"); signature; signature = signature->next_same) {
        const struct fact *shown = fact_at(signature, "signer");
        shown = shown ? shown : fact_at(signature, "name");
        shown = shown ? shown : fact_at(signature, "digest");
        bool refused = fact_is(signature, "method", "refused");
        derived_once(d, signature, "present", shown && !refused ? "true" : "false", shown ? shown : signature);
    }
}

void derive_papers(struct deriving *d) {
    struct answer words = reference_code_all(d->k->reference, d->arena, "RetrospectiveWords", ANY_DAY);
    for (struct fact *paper = d->dossier->first; paper; paper = paper->next) {
        if (paper->hidden || !fact_at(paper, "@doc")) {
            continue;
        }
        derive_signatures(d, paper);
        if (strcmp(paper->name, "transportDocument") == 0) {
            derive_to_order(d, paper);
        } else if (strcmp(paper->name, "certificate") == 0) {
            derive_retrospective(d, paper, &words);
        }
    }
}
