/* Links between documents: which are struck or superseded, and which references they resolve. */
#include "base/arena.h"
#include "base/fold.h"
#include "facts/derive-parts.h"

#include <stdlib.h>
#include <string.h>

struct numbered {
    const char *reference; /* under tw:ref */
    const char *name;      /* of the group: "invoice" */
    struct fact *group;
};

static int by_reference(const void *a, const void *b) {
    const struct numbered *left = a;
    const struct numbered *right = b;
    int order = strcmp(left->reference, right->reference);
    return order ? order : (left->group->order > right->group->order) - (left->group->order < right->group->order);
}

/* Every numbered paper of the bundle, sorted by its number. */
static struct numbered *number_papers(struct deriving *d, size_t *count) {
    struct numbered *papers = NULL;
    size_t capacity = 0;
    uint32_t order = 0;
    *count = 0;
    for (struct fact *group = d->dossier->first; group; group = group->next) {
        const char *number = fact_text(group, "number");
        if (group->hidden || !number || !fact_text(group, "@doc")) {
            continue;
        }
        if (*count == capacity) {
            papers = arena_grow(d->arena, papers, &capacity, sizeof *papers);
        }
        group->order = ++order; /* keeps the order of the bundle among equals; numbered anew before review */
        papers[(*count)++] =
            (struct numbered){.reference = fold_reference(d->arena, number), .name = group->name, .group = group};
    }
    if (*count) {
        qsort(papers, *count, sizeof *papers, by_reference);
    }
    return papers;
}

static const struct numbered *find_paper(const struct numbered *papers, size_t count, const char *reference) {
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(papers[middle].reference, reference) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && strcmp(papers[low].reference, reference) == 0 ? &papers[low] : NULL;
}

static void resolve(struct deriving *d, struct fact *holder, const char *list, const struct numbered *papers,
                    size_t count) {
    for (struct fact *reference = fact_at(holder, list); reference; reference = reference->next_same) {
        const char *number = fact_text(reference, "number");
        const struct numbered *found =
            number && !fact_at(reference, "@doc") ? find_paper(papers, count, fold_reference(d->arena, number)) : NULL;
        if (found) {
            derived(d, reference, "@doc", fact_text(found->group, "@doc"), fact_at(found->group, "number"));
        }
    }
}

/* The earlier of two papers of one kind, where the later says that it replaces it. */
static void supersede(struct deriving *d, const struct numbered *papers, size_t count) {
    for (struct fact *group = d->dossier->first; group; group = group->next) {
        const char *replaced = group->hidden ? NULL : fact_text(group, "supersedes");
        const char *reference = replaced ? fold_reference(d->arena, replaced) : NULL;
        const struct numbered *found = reference ? find_paper(papers, count, reference) : NULL;
        for (; found && found < papers + count && strcmp(found->reference, reference) == 0; found++) {
            if (found->name == group->name && found->group != group && !found->group->hidden) {
                derived(d, found->group, "@superseded", "true", fact_at(group, "supersedes"));
                found->group->hidden = 1;
            }
        }
    }
}

/* A paper that the declaration only sketches (number, sum, seller) gives way to the paper itself. */
static void prefer_papers(struct deriving *d, const struct numbered *papers, size_t count) {
    const char *ours = fact_text(d->declaration, "@doc");
    for (size_t i = 0; ours && i < count; i++) {
        if (!fact_is(papers[i].group, "@doc", ours)) {
            continue;
        }
        const struct numbered *other = find_paper(papers, count, papers[i].reference);
        for (; other < papers + count && strcmp(other->reference, papers[i].reference) == 0; other++) {
            bool is_paper = other->name == papers[i].name && !fact_is(other->group, "@doc", ours);
            papers[i].group->hidden = papers[i].group->hidden || is_paper;
        }
    }
}

/* ---- a reference that is said twice ---- */

struct said {
    struct fact *reference;
    const char *number, *line; /* line "": none */
    size_t index;
};

static int by_number(const void *a, const void *b) {
    const struct said *left = a;
    const struct said *right = b;
    int order = strcmp(left->number, right->number);
    order = order ? order : strcmp(left->line, right->line);
    return order ? order : (left->index > right->index) - (left->index < right->index);
}

/* What only the second says goes to the first too, which stands for both. */
static void unite(struct deriving *d, struct fact *first, struct fact *second) {
    for (struct fact *fact = second->first; fact; fact = fact->next) {
        if (!fact_at(first, fact->name)) {
            tree_copy(d->tree, first, fact, NULL);
        }
    }
    second->hidden = 1;
}

/* Two previous documents of one number and line are one (MAPS 7): some messages name it in two places. */
static void unite_previous(struct deriving *d, struct fact *holder) {
    struct fact *first = fact_at(holder, "previousDocument");
    if (!first || !first->next_same) {
        return;
    }
    size_t count = 0;
    size_t capacity = 0;
    struct said *said = NULL;
    for (struct fact *each = first; each; each = each->next_same) {
        const char *number = fact_text(each, "number");
        const char *line = fact_text(each, "line");
        if (number) {
            if (count == capacity) {
                said = arena_grow(d->arena, said, &capacity, sizeof *said);
            }
            said[count] = (struct said){each, fold_reference(d->arena, number), line ? line : "", count};
            count++;
        }
    }
    if (count) {
        qsort(said, count, sizeof *said, by_number);
    }
    size_t kept = 0;
    for (size_t i = 1; i < count; i++) {
        bool same = strcmp(said[i].number, said[kept].number) == 0 &&
                    (!*said[kept].line || strcmp(said[i].line, said[kept].line) == 0);
        if (same) {
            unite(d, said[kept].reference, said[i].reference);
            said[kept].line = said[i].line;
        } else {
            kept = i;
        }
    }
}

void derive_references(struct deriving *d) {
    static const char *const lists[] = {"previousDocument", "supportingDocument", "transportReference"};
    size_t count = 0;
    unite_previous(d, d->declaration);
    for (struct fact *item = fact_at(d->declaration, "goodsItem"); item; item = item->next_same) {
        unite_previous(d, item);
    }
    const struct numbered *papers = number_papers(d, &count);
    if (!count) {
        return;
    }
    supersede(d, papers, count);
    prefer_papers(d, papers, count);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        resolve(d, d->declaration, lists[i], papers, count);
        for (struct fact *item = fact_at(d->declaration, "goodsItem"); item; item = item->next_same) {
            resolve(d, item, lists[i], papers, count);
        }
    }
}
