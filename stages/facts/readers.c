#include "facts/readers.h"

static const struct reader readers[] = {
    {"mt", mt_sniff, mt_split, mt_read},
};

const struct reader *reader_for(const unsigned char *bytes, size_t length) {
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (readers[i].sniff(bytes, length)) {
            return &readers[i];
        }
    }
    return NULL;
}
