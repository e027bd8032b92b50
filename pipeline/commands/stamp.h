/* What an annotated bundle says of itself: its outcome, and the release stamp, if one was given. */
#ifndef TW_COMMANDS_STAMP_H
#define TW_COMMANDS_STAMP_H

#include "container/container.h"

/* One sentence, in the arena of the container; also where its records cannot be read. */
const char *stamp_words(const struct container *container);

#endif
