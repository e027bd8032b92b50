#include "base/fault.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void fault(const char *what) {
    static const char head[] = "tidewaiter: fault: ";
    static const char tail[] = "\n";
    /* write(2), not stdio: there may be no memory left for a buffer. */
    bool told = write(STDERR_FILENO, head, sizeof head - 1) >= 0 && write(STDERR_FILENO, what, strlen(what)) >= 0 &&
                write(STDERR_FILENO, tail, sizeof tail - 1) >= 0;
    (void)told;
    _exit(FAULT_EXIT);
}

void *fault_malloc(size_t size) {
    void *made = malloc(size ? size : 1);
    if (!made) {
        fault("out of memory");
    }
    return made;
}

void *fault_realloc(void *old, size_t size) {
    void *made = realloc(old, size ? size : 1);
    if (!made) {
        fault("out of memory");
    }
    return made;
}
