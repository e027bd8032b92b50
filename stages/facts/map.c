#include "facts/map.h"

size_t node_slot(const struct node *node, const char *ns, const char *name) {
    size_t mask = node->slot_count - 1;
    size_t i = (((uintptr_t)name >> 4) * 31 + ((uintptr_t)ns >> 4)) & mask;
    while (node->slots[i].name && (node->slots[i].name != name || node->slots[i].ns != ns)) {
        i = (i + 1) & mask;
    }
    return i;
}

const struct alternatives *node_find(const struct node *node, const char *ns, const char *name) {
    if (!node->slot_count || !name) {
        return NULL;
    }
    const struct alternatives *found = &node->slots[node_slot(node, ns, name)];
    return found->name ? found : NULL;
}

bool spaces_have(const struct spaces *spaces, const char *ns) {
    for (size_t i = 0; i < spaces->count; i++) {
        if (spaces->uris[i] == ns) {
            return true;
        }
    }
    return false;
}

const struct definition *target_group(const struct target *target, const struct definition *open) {
    return target->count ? target->groups[target->count - 1] : open;
}

const struct definition *target_value(const struct target *target) {
    return target->attribute ? target->attribute : target->leaf;
}
