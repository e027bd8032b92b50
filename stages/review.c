/* review: every rule of every point, from facts and registers alone (CATALOGUE-A 8.1). */
#include "consignment.h"
#include "knowledge.h"
#include "rules/run.h"
#include "stage.h"

enum step review_whole(struct consignment *c, const struct knowledge *k) {
    if (c->gate) {
        rules_sort(c); /* G-3 to G-5: nothing can be judged but what was found so far */
        return STEP_ON;
    }
    tree_number(&c->dossier, 1);
    rules_run(c, k);
    return STEP_ON;
}
