/* seal: the signature over the files to be packed. Without a key the container stays unsigned (CONTRACT). */
#include "consignment.h"
#include "knowledge.h"
#include "stage.h"

enum step seal_whole(struct consignment *c, const struct knowledge *k) {
    (void)c;
    (void)k;
    return STEP_ON;
}
