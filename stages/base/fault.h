/* Faults of the machine: what happens when memory ends.
 *
 * Purpose   An allocation that fails ends this process at once, with exit code 4 and one line on stderr.
 *           No function of the house returns NULL for lack of memory, so no caller has to ask.
 * Why       A half-made result is worse than none: the supervisor sees the worker end, and quarantines
 *           its bundle or tries it again; what was finished before is safe.
 */
#ifndef TW_BASE_FAULT_H
#define TW_BASE_FAULT_H

#include <stddef.h>

enum { FAULT_EXIT = 4 };

/* Says what failed, and ends the process with FAULT_EXIT. */
_Noreturn void fault(const char *what);

/* malloc and realloc that never return NULL (see above); free() with free(). */
void *fault_malloc(size_t size);
void *fault_realloc(void *old, size_t size);

#endif
