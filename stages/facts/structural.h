/* The structural findings X-001 to X-005 (CATALOGUE-A 8.1): what is wrong with a document as such.
 *
 * They count under point 2 and are no rules: severity, effect and texts stand here, in one table.
 */
#ifndef TW_FACTS_STRUCTURAL_H
#define TW_FACTS_STRUCTURAL_H

struct consignment;
struct finding;
struct location;

enum structural {
    STRUCTURE_NOT_WELL_FORMED, /* */
    STRUCTURE_INVALID,         /* */
    STRUCTURE_UNKNOWN,         /* */
    STRUCTURE_UNREADABLE,      /* */
    STRUCTURE_UNREAD,          /* */
};

/* Appends a finding to the case and points to it. observed and expected may be NULL and must outlive the case. */
struct finding *structural_finding(struct consignment *c, enum structural what, const struct location *subject,
                                   const char *observed, const char *expected);

#endif
