#include "commands/stamp.h"

#include "base/arena.h"
#include "tree/names.h"
#include "tree/source.h"
#include "xml/parse.h"

#include <string.h>

enum { LARGEST_RECORD = 64 << 20, DEEPEST = 64 };

static const struct source *child(const struct source *parent, const char *name) {
    const struct source *at = parent ? parent->first : NULL;
    while (at && strcmp(at->name, name) != 0) {
        at = at->next;
    }
    return at;
}

static const char *attribute(const struct source *element, const char *written) {
    const struct source_attribute *at = element ? element->attributes : NULL;
    while (at && strcmp(at->written, written) != 0) {
        at = at->next;
    }
    return at ? at->value : NULL;
}

/* One record of the container; its root, or NULL. */
static struct xml_document *open_record(const struct container *container, const char *path, struct names *names,
                                        const struct source **root) {
    static const struct xml_limits limits = {LARGEST_RECORD, LARGEST_RECORD, DEEPEST};
    const struct container_entry *entry = container_find(container, path);
    *root = NULL;
    if (!entry) {
        return NULL;
    }
    struct xml_document *xml = xml_parse(container->arena, NULL, entry->bytes, entry->length, 1, &limits);
    if (xml_state(xml) == XML_WELL_FORMED) {
        *root = xml_source_loading(xml, names);
    }
    return xml;
}

static const char *words(struct arena *arena, const struct source *record, const struct source *release) {
    const char *outcome = attribute(child(record, "decision"), "outcome");
    const struct source *stamp = child(release, "stamp");
    const char *number = attribute(stamp, "number");
    const char *state = attribute(stamp, "state");
    const struct source *mrn = child(release, "mrn");
    const struct source *at = child(release, "releasedAt");
    if (!outcome) {
        return "its record cannot be read";
    }
    if (!number) {
        return arena_printf(arena, "outcome %s; no release stamp", outcome);
    }
    return arena_printf(arena, "outcome %s; release stamp %s (%s) on MRN %s, %s", outcome, number, state ? state : "?",
                        mrn && mrn->text ? mrn->text : "?", at && at->text ? at->text : "?");
}

const char *stamp_words(const struct container *container) {
    struct names *names = names_new();
    const struct source *record;
    const struct source *release;
    struct xml_document *record_xml = open_record(container, "clearance/record.xml", names, &record);
    struct xml_document *release_xml = open_record(container, "clearance/release.xml", names, &release);
    const char *made = words(container->arena, record, release);
    xml_release(record_xml);
    xml_release(release_xml);
    names_free(names);
    return made;
}
