#include "facts/structural.h"

#include "base/arena.h"
#include "consignment.h"

#include <string.h>

static const char source[] = "tidewaiter: structural findings (catalogue A 8.1)";

static const struct {
    const char *rule, *title, *title_zh;
    enum severity severity;
    enum effect effect;
    const char *message, *message_zh;
    const char *mend, *mend_zh;
} table[] = {
    [STRUCTURE_NOT_WELL_FORMED] = {"X-001", "Document not well-formed", "单证格式不良", SEVERITY_ERROR, EFFECT_HOLD,
                                   "The document is not well-formed, or not of its encoding; none of it counts.",
                                   "该单证格式不良，或与其编码不符；其内容均不予采用。",
                                   "Send the document again, whole, as the program that made it wrote it.",
                                   "请用原程序重新完整导出并提交该单证。"},
    [STRUCTURE_INVALID] = {"X-002", "Document against its schema", "单证不符合其模式", SEVERITY_ERROR, EFFECT_HOLD,
                           "The document violates its schema; none of it counts.",
                           "该单证违反其模式；其内容均不予采用。",
                           "Mend the element at the place named and send it again.",
                           "请更正所指位置的元素后重新提交。"},
    [STRUCTURE_UNKNOWN] = {"X-003", "Unknown document", "未知单证", SEVERITY_INFO, EFFECT_NOTE,
                           "No dialect reads this document; it is kept as an attachment.",
                           "没有方言能读取该单证；作为附件保存。", "Send it in a known format, or give it a dialect.",
                           "请以已知格式提交，或为其增加方言。"},
    [STRUCTURE_UNREADABLE] = {"X-004", "Unreadable value", "无法读取的值", SEVERITY_WARNING, EFFECT_REMARK,
                              "The value cannot be read as what it should be; it counts as unreadable.",
                              "该值无法按应有的类型读取；视为不可读。", "Write the value in the form expected.",
                              "请按要求的格式填写该值。"},
    [STRUCTURE_UNREAD] = {"X-005", "Elements that no map reads", "未被读取的元素", SEVERITY_INFO, EFFECT_NOTE,
                          "Some elements of the document were not read.", "该单证的部分元素未被读取。", NULL, NULL},
};

struct finding *structural_finding(struct consignment *c, enum structural what, const struct location *subject,
                                   const char *observed, const char *expected) {
    struct finding *finding = LIST_ADD(c->arena, c->findings);
    finding->rule = finding->assertion = table[what].rule;
    finding->point = 2;
    finding->severity = table[what].severity;
    finding->effect = table[what].effect;
    finding->subject = *subject;
    finding->observed = observed;
    finding->expected = expected;
    finding->title = table[what].title;
    finding->title_zh = table[what].title_zh;
    finding->message = table[what].message;
    finding->message_zh = table[what].message_zh;
    finding->mend = table[what].mend;
    finding->mend_zh = table[what].mend_zh;
    finding->source = source;
    return finding;
}
