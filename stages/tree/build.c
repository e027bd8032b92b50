#include "tree/build.h"

#include "base/arena.h"

void tree_put(struct tree *tree, struct fact *parent, const char *name, const char *value) {
    if (value && *value) {
        tree_link(tree, parent, name, value);
    }
}

void tree_flag(struct tree *tree, struct fact *parent, const char *name, bool value) {
    tree_link(tree, parent, name, value ? "true" : "false");
}

void tree_count(struct tree *tree, struct fact *parent, const char *name, unsigned long count) {
    tree_link(tree, parent, name, arena_number(tree->arena, count));
}

void tree_words(struct tree *tree, struct fact *parent, const char *name, const char *en, const char *zh) {
    tree_put(tree, parent, name, en);
    if (zh && *zh) {
        tree_link(tree, tree_link(tree, parent, name, zh), "@lang", "zh");
    }
}
