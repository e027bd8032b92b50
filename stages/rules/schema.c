/* A Schematron file: what it declares, its shared definitions, its phases, its patterns. */
#include "rules/load.h"

#include "base/arena.h"

#include <stdio.h>
#include <string.h>

static const char *const stage_names[] = {"release", "load", "settle", "closure"};
static const char *const mode_names[] = {"live", "audit"};

const char *rule_stage_name(enum rule_stage stage) {
    return stage_names[stage];
}

static bool is_abstract(const struct source *at) {
    const char *abstract = attribute(at, "abstract");
    return abstract && strcmp(abstract, "true") == 0;
}

static void declare_rule(struct loader *loader, struct pack_file *file, const struct source *pattern) {
    const char *id = attribute(pattern, "id");
    if (!id) {
        pack_complain(loader, file, pattern, "a pattern has an id: the id of its rule");
        return;
    }
    if (file->kind == FILE_SHARED) {
        pack_complain(loader, file, pattern, "%s stands in a shared file: only abstract patterns can", id);
        return;
    }
    for (size_t i = 0; i < loader->declared_count; i++) {
        const struct declared *other = &loader->declared[i];
        if (strcmp(other->id, id) == 0) {
            pack_complain(loader, file, pattern, "rule %s is there already: %s:%u", id, other->file->path,
                          (unsigned)other->pattern->element->line);
            return;
        }
    }
    if (loader->declared_count == loader->declared_capacity) {
        loader->declared =
            arena_grow(loader->arena, loader->declared, &loader->declared_capacity, sizeof *loader->declared);
    }
    loader->declared[loader->declared_count++] = (struct declared){.id = id, .file = file, .pattern = pattern};
}

static void check_root(struct loader *loader, struct pack_file *file) {
    static const char *const known[] = {"title", "ns", "p", "let", "phase", "pattern", "diagnostics", "properties"};
    const struct source *root = file->root;
    check_attributes(loader, file, root, "queryBinding schemaVersion defaultPhase id lang icon see fpi",
                     "point tier from to replacedBy unsayable");
    const char *binding = attribute(root, "queryBinding");
    if (!binding || strcmp(binding, "tidewaiter") != 0) {
        pack_complain(loader, file, root, "queryBinding must be tidewaiter: these tests have three values");
    }
    for (const struct source *at = root->first; at; at = at->next) {
        bool found = is_element(at, TIDEWAITER, "use") || is_element(at, TIDEWAITER, "define");
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            found = found || is_element(at, SCHEMATRON, known[i]);
        }
        if (!found) {
            pack_complain(loader, file, at, "no element %s in a schema of this kind", at->element->name);
        }
    }
}

void schema_declare(struct loader *loader, struct pack_file *file) {
    if (!is_element(file->root, SCHEMATRON, "schema")) {
        pack_complain(loader, file, file->root, "not a schema of ISO Schematron");
        file->root = NULL;
        return;
    }
    check_root(loader, file);
    advice_declare(loader, file);
    for (const struct source *p = first_element(file->root, SCHEMATRON, "pattern"); p;
         p = next_element(p, SCHEMATRON, "pattern")) {
        if (!is_abstract(p)) {
            declare_rule(loader, file, p);
        }
    }
}

/* ---- scopes ---- */

static const struct scope *scope_of(struct loader *loader, struct pack_file *file, const struct scope *outer);

/* The file's outer scope: the last of those that it uses, each within the one before. */
static const struct scope *used_scopes(struct loader *loader, struct pack_file *file, const struct scope *outer) {
    for (const struct source *use = first_element(file->root, TIDEWAITER, "use"); use;
         use = next_element(use, TIDEWAITER, "use")) {
        check_attributes(loader, file, use, "href", NULL);
        const char *href = attribute(use, "href");
        struct pack_file *shared = href ? pack_file_named(loader, file->pack, href) : NULL;
        if (!shared || !shared->root) {
            pack_complain(loader, file, use, "no shared file %s in this pack", href ? href : "(href)");
        } else if (shared->entered) {
            pack_complain(loader, file, use, "%s is used in a circle", href);
        } else {
            outer = scope_of(loader, shared, outer);
        }
    }
    return outer;
}

/* Files that are used in the same place share one scope, so that what it holds is computed once per bundle. */
static const struct scope *scope_of(struct loader *loader, struct pack_file *file, const struct scope *outer) {
    if (file->scope && file->outer == outer) {
        return file->scope;
    }
    file->entered = true;
    file->outer = outer;
    struct bench bench = {.loader = loader, .file = file};
    bench.scope = scope_new(loader->program, used_scopes(loader, file, outer));
    loader->failed_at_large = false;
    bench_scope(&bench, file->root);
    if (loader->failed_at_large) {
        pack_complain(loader, file, file->root,
                      "tw:failed can be asked in a pattern alone: it runs after what it names");
    }
    file->scope = bench.scope;
    file->entered = false;
    return file->scope;
}

/* ---- phases ---- */

static int index_of(const char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* What the phases say of a rule: stages counted, modes as bits. */
struct phases {
    unsigned stages, modes;
    enum rule_stage stage;
};

static struct phases phases_of(const struct pack_file *file, const char *rule) {
    struct phases found = {0};
    for (const struct source *phase = first_element(file->root, SCHEMATRON, "phase"); phase;
         phase = next_element(phase, SCHEMATRON, "phase")) {
        const char *id = attribute(phase, "id");
        for (const struct source *a = first_element(phase, SCHEMATRON, "active"); a && id;
             a = next_element(a, SCHEMATRON, "active")) {
            const char *pattern = attribute(a, "pattern");
            int stage = index_of(stage_names, 4, id);
            if (pattern && strcmp(pattern, rule) == 0) {
                found.stages += stage >= 0;
                found.stage = stage >= 0 ? (enum rule_stage)stage : found.stage;
                found.modes |= stage >= 0 ? 0 : 1U << (unsigned)(index_of(mode_names, 2, id) & 1);
            }
        }
    }
    return found;
}

static void check_active(struct loader *loader, const struct pack_file *file, const struct source *active) {
    check_attributes(loader, file, active, "pattern", NULL);
    const char *pattern = attribute(active, "pattern");
    const struct declared *declared = pattern ? declared_find(loader, pattern) : NULL;
    if (!declared || declared->file != file) {
        const char *nearest = pattern ? declared_nearest(loader, pattern) : NULL;
        pack_complain(loader, file, active,
                      nearest ? "no pattern %s in this file; did you mean %s?"
                              : "no pattern %s in "
                                "this file",
                      pattern ? pattern : "(pattern)", nearest);
    }
}

static void check_phases(struct loader *loader, const struct pack_file *file) {
    for (const struct source *phase = first_element(file->root, SCHEMATRON, "phase"); phase;
         phase = next_element(phase, SCHEMATRON, "phase")) {
        const char *id = attribute(phase, "id");
        if (!id || (index_of(stage_names, 4, id) < 0 && index_of(mode_names, 2, id) < 0)) {
            pack_complain(loader, file, phase, "no phase %s: release, load, settle, closure; live, audit",
                          id ? id : "");
        }
        for (const struct source *a = first_element(phase, SCHEMATRON, "active"); a;
             a = next_element(a, SCHEMATRON, "active")) {
            check_active(loader, file, a);
        }
    }
}

static void set_phase(struct loader *loader, const struct pack_file *file, const struct declared *declared) {
    struct phases phases = phases_of(file, declared->id);
    if (phases.stages != 1) {
        pack_complain(loader, file, declared->pattern,
                      phases.stages ? "%s stands in several of the phases release, load, settle, closure: one"
                                    : "%s stands in none of the phases release, load, settle, closure",
                      declared->id);
    }
    if (declared->rule) {
        declared->rule->summary.stage = phases.stage;
        declared->rule->summary.live = !phases.modes || phases.modes & 1U;
        declared->rule->summary.audit = !phases.modes || phases.modes & 2U;
    }
}

/* ---- the whole ---- */

static unsigned small_number(struct loader *loader, const struct pack_file *file, const char *name) {
    const char *text = tw_attribute(file->root, name);
    if (text && (text[0] < '1' || text[0] > '7' || text[1])) {
        pack_complain(loader, file, file->root, "tw:%s is a number from 1 to 7", name);
        return 0;
    }
    return text ? (unsigned)(text[0] - '0') : 0;
}

void schema_compile(struct loader *loader, struct pack_file *file) {
    struct schema_defaults defaults = {.file = file};
    loader->compiling = NULL;
    (void)scope_of(loader, file, NULL);
    defaults.scope = file->scope;
    if (file->kind == FILE_SHARED) {
        return;
    }
    defaults.point = file->point ? file->point : small_number(loader, file, "point");
    if (!defaults.point) {
        pack_complain(loader, file, file->root, "no point: say tw:point, 1 to 6, or 7 for loading and settlement");
        defaults.point = 1;
    }
    defaults.tier = small_number(loader, file, "tier");
    defaults.from = tw_attribute(file->root, "from");
    defaults.to = tw_attribute(file->root, "to");
    defaults.replaced_by = tw_attribute(file->root, "replacedBy");
    const char *unsayable = tw_attribute(file->root, "unsayable");
    defaults.unsayable_na = unsayable && strcmp(unsayable, "n/a") == 0;
    check_phases(loader, file);
    for (size_t i = 0; i < loader->declared_count; i++) {
        if (loader->declared[i].file == file) {
            loader->compiling = &loader->declared[i];
            loader->declared[i].rule = pattern_compile(loader, &defaults, &loader->declared[i]);
            set_phase(loader, file, &loader->declared[i]);
        }
    }
    loader->compiling = NULL;
    advice_orphans(loader, file);
}
