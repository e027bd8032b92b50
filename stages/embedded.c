/* The files that a PDF carries in itself (Factur-X, ZUGFeRD): each is a document of its own, named after both. */
#include "base/arena.h"
#include "consignment.h"
#include "container/container.h"
#include "container/detect.h"
#include "container/pdf-attachments.h"
#include "documents.h"
#include "facts/structural.h"
#include "knowledge.h"

#include <string.h>

static struct container_limits limits_of(const struct knowledge *k) {
    return k->container ? k->container->limits : container_settings_default().limits;
}

struct left embedded_left(const struct consignment *c, const struct knowledge *k) {
    const struct container_limits limits = limits_of(k);
    uint64_t used = 0;
    for (size_t i = 0; i < c->entries.count; i++) {
        used += c->entries.items[i].length;
    }
    return (struct left){
        .entries = limits.max_entries > c->entries.count ? limits.max_entries - c->entries.count : 0,
        .unpacked = limits.max_unpacked_bytes > used ? limits.max_unpacked_bytes - used : 0,
    };
}

/* What a person should know of how the files were found; none of it holds the goods. */
static void report(struct consignment *c, const struct document *pdf, const struct pdf_attachments *found) {
    const struct location place = {.document = pdf, .line = 1};
    if (found->fault) {
        struct finding *finding =
            structural_finding(c, STRUCTURE_UNKNOWN, &place, found->fault, "embedded files that can be read (PDF/A-3)");
        finding->message = arena_printf(c->arena, "Files embedded in the PDF were not read: %s.", found->fault);
        finding->message_zh = arena_printf(c->arena, "未读取 PDF 中嵌入的文件：%s。", found->fault);
    } else if (found->repaired && found->count) {
        struct finding *finding = structural_finding(c, STRUCTURE_UNREAD, &place, "a damaged cross-reference table",
                                                     "found by searching the file");
        finding->message = "The cross-reference table of the PDF is damaged; its files were found by searching.";
        finding->message_zh = "PDF 的交叉引用表已损坏；其中的文件通过搜索找到。";
    }
}

/* "x.pdf!factur-x.xml"; a second file of that name: "x.pdf!factur-x.xml~2". */
static const char *embedded_path(struct consignment *c, const struct entry *pdf, const struct pdf_attachments *found,
                                 size_t index) {
    const char *name = found->items[index].name;
    size_t n = 1;
    for (size_t i = 0; i < index; i++) {
        n += strcmp(found->items[i].name, name) == 0;
    }
    return n == 1 ? arena_printf(c->arena, "%s!%s", pdf->path, name)
                  : arena_printf(c->arena, "%s!%s~%zu", pdf->path, name, n);
}

static void add_embedded(struct consignment *c, const struct entry *pdf, const struct pdf_attachments *found,
                         size_t index) {
    const struct pdf_attachment *attachment = &found->items[index];
    struct embedding *embedded = arena_alloc(c->arena, sizeof *embedded);
    char *sha256 = arena_alloc(c->arena, DIGEST_TEXT);
    *embedded = (struct embedding){attachment->name, attachment->title, attachment->relationship};
    digest_hex(attachment->bytes, attachment->length, sha256);
    documents_add(c, &(struct file){.entry = pdf,
                                    .path = embedded_path(c, pdf, found, index),
                                    .sha256 = sha256,
                                    .bytes = attachment->bytes,
                                    .length = attachment->length,
                                    .embedded = embedded});
}

void embedded_add(struct consignment *c, const struct knowledge *k, const struct document *carrier, struct left *left) {
    const struct entry *entry = carrier->entry;
    if (detect_start(entry->bytes, entry->length) != FORMAT_PDF) {
        return;
    }
    const struct container_limits limits = limits_of(k);
    uint64_t by_ratio = (uint64_t)entry->length * limits.max_ratio;
    struct pdf_limits bounds = {
        .attachments = left->entries,
        .name_bytes = (size_t)limits.max_name_bytes,
        .attachment = limits.max_entry_bytes,
        .unpacked = by_ratio < left->unpacked ? by_ratio : left->unpacked,
    };
    struct pdf_attachments found = pdf_attachments(c->arena, entry->bytes, entry->length, &bounds);
    for (size_t i = 0; i < found.count; i++) {
        add_embedded(c, entry, &found, i);
        left->unpacked -= found.items[i].length < left->unpacked ? found.items[i].length : left->unpacked;
    }
    left->entries -= found.count;
    report(c, carrier, &found);
}
