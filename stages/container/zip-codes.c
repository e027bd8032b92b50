#include "container/zip-codes.h"

#include "base/arena.h"
#include "base/fault.h"

#include <isa-l/igzip_lib.h>

#include <stdint.h>

struct zip_codes {
    struct isal_hufftables tables;
};

/* ISA-L writes to none of what it is given here, and does not say so. */
const struct zip_codes *zip_codes_make(struct arena *arena, const void *sample, size_t length) {
    struct isal_huff_histogram *counts = arena_zero(arena, sizeof *counts);
    struct zip_codes *codes = arena_zero(arena, sizeof *codes);
    isal_update_histogram((uint8_t *)(uintptr_t)sample, (int)(length < INT32_MAX ? length : INT32_MAX), counts);
    if (isal_create_hufftables(&codes->tables, counts) != 0) {
        fault("no codes can be made for what is written");
    }
    return codes;
}

struct isal_hufftables *zip_codes_tables(const struct zip_codes *codes) {
    return (struct isal_hufftables *)(uintptr_t)&codes->tables;
}
