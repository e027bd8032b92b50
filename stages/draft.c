/* draft: the papers that the decision asks for (CATALOGUE-A 8.6). Nothing is drafted in audit mode. */
#include "consignment.h"
#include "drafts/drafts.h"
#include "knowledge.h"
#include "stage.h"

enum step draft_whole(struct consignment *c, const struct knowledge *k) {
    enum outcome outcome = c->decision.outcome;
    bool released = outcome == OUTCOME_RELEASE_CLOSE || outcome == OUTCOME_RELEASE_SUPERVISE;
    if (outcome == OUTCOME_REJECT) {
        draft_rejection(c, k);
    } else if (outcome == OUTCOME_REFER) {
        draft_referral(c, k);
    } else if (released && k->mode == MODE_LIVE) {
        draft_release(c, k);
        if (c->decision.supervised) {
            draft_supervision(c, k);
        } else {
            draft_closure(c, k);
        }
        draft_certificate(c, k);
        draft_lading(c, k);
        draft_settlement(c, k);
    }
    if (!c->gate) {
        draft_timeline(c, k);
    }
    return STEP_ON;
}
