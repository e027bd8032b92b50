#include "xml/memory.h"

#include "base/fault.h"

#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
enum { USES_ARENA = 0 };
#else
enum { USES_ARENA = 1 };
#endif

enum {
    BLOCK_BYTES = 1024 * 1024,
    KEPT_BYTES = 16 * 1024 * 1024, /* what is kept mapped after a phase: a worker must not stay as large as its peak */
};

/* Before each piece that libxml2 holds, wherever it is from. */
struct header {
    alignas(max_align_t) size_t size;
    bool in_arena;
};

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

/* libxml2's allocator has no context, so its state is one per process, like libxml2's own. */
static struct {
    struct block *first, *current;
    unsigned depth; /* of nested phases */
    bool poison;
} memory;

static struct header *header_of(void *piece) {
    return (struct header *)piece - 1;
}

static size_t rounded(size_t size) {
    if (size > SIZE_MAX / 2) {
        fault("out of memory");
    }
    return (size + sizeof(struct header) + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

static struct block *block_new(size_t size) {
    size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
    struct block *made = fault_malloc(sizeof *made + room);
    made->next = NULL;
    made->size = room;
    made->used = 0;
    return made;
}

/* Makes the current block one that has room for size bytes. */
static void next_block(size_t size) {
    struct block **link = memory.current ? &memory.current->next : &memory.first;
    while (*link && (*link)->size < size) {
        link = &(*link)->next;
    }
    if (!*link) {
        *link = block_new(size);
    }
    memory.current = *link;
}

static void *from_arena(size_t size) {
    size_t whole = rounded(size);
    if (!memory.current || memory.current->size - memory.current->used < whole) {
        next_block(whole);
    }
    struct header *header = (void *)(memory.current->bytes + memory.current->used);
    memory.current->used += whole;
    header->size = size;
    header->in_arena = true;
    return header + 1;
}

static void *from_malloc(size_t size) {
    struct header *header = fault_malloc(rounded(size));
    header->size = size;
    header->in_arena = false;
    return header + 1;
}

static void *take(size_t size) {
    return xml_memory_in_arena() ? from_arena(size) : from_malloc(size);
}

static void give_back(void *piece) {
    if (piece && !header_of(piece)->in_arena) {
        free(header_of(piece));
    }
}

/* Grows or shrinks the last piece of the arena where it stands; false: it is not the last, or has no room. */
static bool resize_last(struct header *header, size_t size) {
    struct block *block = memory.current;
    if (!block || (unsigned char *)header + rounded(header->size) != block->bytes + block->used) {
        return false;
    }
    size_t start = block->used - rounded(header->size);
    if (block->size - start < rounded(size)) {
        return false;
    }
    block->used = start + rounded(size);
    header->size = size;
    return true;
}

static void *resize(void *piece, size_t size) {
    if (!piece) {
        return take(size);
    }
    struct header *header = header_of(piece);
    if (!header->in_arena) { /* made before the phase: it stays outside */
        header = fault_realloc(header, rounded(size));
        header->size = size;
        return header + 1;
    }
    if (resize_last(header, size)) {
        return piece;
    }
    void *moved = take(size);
    memcpy(moved, piece, header->size < size ? header->size : size);
    return moved;
}

static char *duplicate(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(take(size), text, size);
}

void xml_memory_install(void) {
    xmlMemSetup(give_back, take, resize, duplicate);
}

void xml_memory_begin(void) {
    memory.depth++;
}

/* Frees what is beyond the bytes that are kept, and empties the rest. */
static void empty(void) {
    size_t kept = 0;
    for (struct block **link = &memory.first; *link;) {
        struct block *block = *link;
        if (memory.poison) {
            memset(block->bytes, 0xA5, block->used);
        }
        if (kept + block->size > KEPT_BYTES) {
            *link = block->next;
            free(block);
        } else {
            kept += block->size;
            block->used = 0;
            link = &block->next;
        }
    }
    memory.current = memory.first;
}

void xml_memory_end(void) {
    if (--memory.depth == 0) {
        xmlResetLastError(); /* its texts may be in the arena */
        empty();
    }
}

bool xml_memory_in_arena(void) {
    return USES_ARENA && memory.depth > 0;
}

void xml_memory_poison(bool on) {
    memory.poison = on;
}
