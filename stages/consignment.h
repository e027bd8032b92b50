/* What one bundle becomes: made by unpack, grown by each stage, freed at once with its arena.
 *
 * Each part says which stage writes it; all later stages only read it.
 */
#ifndef TW_CONSIGNMENT_H
#define TW_CONSIGNMENT_H

#include "base/digest.h"
#include "finding.h"
#include "reference/policy.h"
#include "tree/fact.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct dialect_match;
struct xml_document; /* xml/parse.h */

/* The bytes of a bundle as the pipeline hands them over. */
enum input_kind {
    INPUT_FILE,   /* a container, or one XML or PDF file */
    INPUT_FOLDER, /* a folder, packed by the pipeline into a tar in memory; its digest is CONTRACT's */
};
struct input {
    enum input_kind kind;
    const char *name; /* "x.zip": the bundle's path as the user knows it */
    const unsigned char *bytes;
    size_t length;
};

/* unpack: one file of the container. */
struct entry {
    const char *path;              /* UTF-8, NFC as written */
    const unsigned char *raw_name; /* bytes of the name where they were not marked Unicode nor UTF-8 */
    size_t raw_name_length;
    const unsigned char *bytes;
    size_t length;
    char sha256[DIGEST_TEXT];
    /* The still-compressed span of a zip entry, for a copy byte for byte; method 0 or 8; NULL: none kept. */
    const unsigned char *packed;
    size_t packed_length;
    uint16_t method;
    uint32_t crc32;
};

/* What a PDF says of a file that it carries. */
struct embedding {
    const char *name, *title, *relationship; /* title, relationship: NULL where not stated */
};

/* identify, validate, normalise: one document; an entry may hold several (several roots, a PDF). */
struct document {
    const char *id;   /* "d1" … in the order of the entries */
    const char *path; /* entry path; "x.pdf!factur-x.xml" for an embedded file */
    const struct entry *entry;
    const unsigned char *bytes; /* of this document: the entry's, a part of them, or a file embedded in it */
    size_t length;
    const char *sha256;                /* of its file: the entry's, or that of the file embedded in it */
    const struct embedding *embedded;  /* NULL: it stands in the bundle itself */
    uint32_t first_line;               /* line of the file at which its bytes begin; 1 for whole files */
    struct xml_document *xml;          /* the parsed document; lives from identify to normalise */
    const struct dialect_match *match; /* NULL: an attachment, or unknown */
    const char *kind;                  /* "declaration", "invoice" … "attachment", "unknown" */
    const char *dialect, *version, *encoding, *media;
    bool well_formed;
    enum { SCHEMA_UNKNOWN, SCHEMA_VALID, SCHEMA_INVALID } validity;
    bool struck; /* FACTS 1: its facts are not seen by rules */
    uint32_t elements, unread;
    const struct reading *reading; /* what its map left: facts/reading.h; NULL: no map read it */
    struct fact *row;              /* its row in the index, /dossier/document */
};

/* The first fault of the bundle; reason NULL: none. Codes: CONTRACT.md. */
struct quarantine {
    const char *reason, *detail, *entry;
    int64_t offset; /* -1: not known */
};

enum outcome {
    OUTCOME_NONE,
    OUTCOME_RELEASE_CLOSE,
    OUTCOME_RELEASE_SUPERVISE,
    OUTCOME_HOLD,
    OUTCOME_REJECT,
    OUTCOME_REFER,
    OUTCOME_QUARANTINE,
};
const char *outcome_name(enum outcome outcome);

enum closure { CLOSURE_NONE, CLOSURE_PENDING, CLOSURE_CLOSABLE, CLOSURE_CLOSED, CLOSURE_NOT_CLOSABLE, CLOSURE_WRONG };
const char *closure_name(enum closure closure);

enum { CONDITIONS = 12 };

/* decide: a line of the release conditions R1..R12 (CATALOGUE-A 8.5). */
enum condition_state { CONDITION_YES, CONDITION_NO, CONDITION_NOT_APPLICABLE, CONDITION_UNDECIDED };
struct condition {
    const char *id, *title, *title_zh; /* "R1" */
    enum condition_state state;
    const char *const *rules; /* rules that decide it: failed, else undecided, else those behind it */
    size_t rule_count;
};

struct decision {
    enum outcome outcome;
    enum closure closure;
    bool lenient;                   /* rests on a lenient remark */
    bool already_released;          /* G-7: live, and a release of customs stands */
    const struct fact *release;     /* its event, or NULL */
    const char *gate;               /* "G-3" …: the gate that decided, or NULL */
    const char *reason, *reason_zh; /* one sentence, or NULL */
    enum policy_profile profile;    /* EU, CN, UK or generic: whose parameters were used */
    bool supervised;                /* some item stays under supervision */
    struct condition conditions[CONDITIONS];
    size_t condition_count;
};

/* annotate, seal: files of the annotated bundle beside original/. Outside of clearance/ and META-INF/ stands only
 * what the pipeline writes elsewhere: the declarant's copy of a referral (CONTRACT). */
#define DECLARANT_PAGE "declarant.html"
bool output_is_packed(const char *path); /* is it a file of the container? */

struct output {
    const char *path; /* "clearance/record.xml" */
    const unsigned char *bytes;
    size_t length;
    const struct zip_known *head; /* what it begins with as others do, compressed already; NULL: nothing */
    char sha256[DIGEST_TEXT];
};

/* review: a claim on a balance or on a number used once (HOUSE, "Claims"). */
struct claim {
    const char *rule, *reg, *key, *amount; /* amount NULL: a number used once */
};

/* draft: one paper: its XML form, and what its page shows. */
struct draft {
    const char *path; /* "clearance/release.xml" */
    const char *ns;   /* default namespace of the root */
    const char *page; /* page kind ("release"), or NULL: no page */
    struct tree tree;
    struct tree paper; /* the fields of the page, with their sources; root NULL: the page shows the XML form */
};

/* A list that grows in the arena. */
#define LIST_OF(type)                                                                                                  \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        size_t count, capacity;                                                                                        \
    }

struct consignment {
    struct arena *arena; /* lives as long as the case */
    struct input input;
    const struct claim *refused; /* claims that the supervisor refused: input of a second run */
    size_t refused_count;
    struct quarantine quarantine;

    /* unpack */
    const char *format; /* zip, tar, tar.gz, tar.zst, tar.xz, 7z, dir, file */
    char digest[DIGEST_TEXT];
    LIST_OF(struct entry) entries;

    /* identify … normalise; documents are pointers, since facts point to them */
    LIST_OF(struct document *) documents;
    struct tree dossier;
    struct document *declaration;   /* NULL: none, or a gate stopped */
    const char *gate, *gate_reason; /* G-3, G-4, G-5 */
    struct location gate_place;

    /* all stages up to review */
    LIST_OF(struct finding) findings;

    /* review */
    LIST_OF(struct undecided) undecided;
    LIST_OF(struct rule_result) results;
    LIST_OF(struct claim) claims;

    /* decide */
    struct decision decision;

    /* draft: trees of the papers, by the path of the file that annotate writes them to */
    LIST_OF(struct draft) drafts;

    /* annotate, seal, pack */
    LIST_OF(struct output) outputs;
    const unsigned char *packed; /* the annotated clearance bundle */
    size_t packed_length;
};

/* Appends a zeroed item to a list of the consignment and points to it. */
#define LIST_ADD(arena, list)                                                                                          \
    ((list).count == (list).capacity                                                                                   \
         ? (void)((list).items = arena_grow((arena), (list).items, &(list).capacity, sizeof *(list).items))            \
         : (void)0,                                                                                                    \
     memset(&(list).items[(list).count], 0, sizeof *(list).items), &(list).items[(list).count++])

/* Sets the quarantine reason, unless one is set: the first fault stands. Returns STEP_STOP (stage.h). */
int quarantine(struct consignment *c, const char *reason, const char *entry, int64_t offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
