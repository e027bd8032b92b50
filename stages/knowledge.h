/* What we know: compiled once, before work starts; read-only ever after. */
#ifndef TW_KNOWLEDGE_H
#define TW_KNOWLEDGE_H

#include "base/time.h"

#include <stdbool.h>
#include <stddef.h>

struct names;
struct vocabulary;
struct reference;          /* codes, registers, policy: reference/reference.h */
struct dialects;           /* facts/dialects.h */
struct xml_schemas;        /* xml/schema.h */
struct derivations;        /* facts/derive.h */
struct conditions;         /* rules/conditions.h */
struct rulebook;           /* rules/rulebook.h */
struct zip_codes;          /* container/zip-codes.h */
struct fact;               /* tree/fact.h */
struct pages;              /* pages/pages.h */
struct xml_transform;      /* xml/transform.h */
struct container_settings; /* container/container.h */
struct certificates;       /* seal/certificate.h */

enum review_mode { MODE_LIVE, MODE_AUDIT };

struct signer {
    /* Signs a SHA-256, into at most SIGNATURE_MOST bytes; NULL: no seal. The private key is not here (HOUSE). */
    bool (*sign)(void *context, const unsigned char *digest, unsigned char *signature, size_t *length);
    void *context;
    const struct certificates *certificates;
};

struct knowledge {
    struct names *names;
    struct vocabulary *vocabulary;
    struct reference *reference;
    struct dialects *dialects;
    const struct xml_schemas *schemas; /* by name of dialect; NULL: nothing is judged */
    const struct derivations *derivations;
    struct rulebook *rulebook;
    const struct conditions *conditions;
    struct pages *pages;
    const struct zip_codes *codes;              /* for the documents that pack writes; NULL: such as fit any text */
    const struct fact *record_registers;        /* rows of registers as the record lists them; NULL: none */
    const struct fact *page_registers[2];       /* as pages do: English, Chinese */
    const struct xml_transform *stylesheet;     /* --stylesheet, over the record; NULL: none */
    const char *stylesheet_name;                /* of its page: clearance/extra/NAME.html */
    const struct container_settings *container; /* limits and encodings; NULL: the defaults of POLICY 11 */
    struct signer signer;

    struct moment now;    /* the run's clock */
    const char *now_text; /* the same, as printed */
    const char *as_of;    /* --as-of, or NULL */
    enum review_mode mode;
    bool english, chinese; /* --lang; the first named has the plain file names */
    bool chinese_first;
    bool loose_pages;    /* --pages: those of bundles that are not released stand beside the containers, too */
    const char *version; /* of the program */
};

#endif
