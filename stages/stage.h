/* The chain: ten stages, each a function of the case and of what we know.
 *
 * A stage reads what earlier stages added and adds its own part. It opens no file, knows no clock and has
 * no state of its own. A fault in a document becomes a finding and the case goes on; a fault in the bundle
 * sets the quarantine reason and stops the chain. Adding a stage is one file and one row of pipeline/chain.c.
 */
#ifndef TW_STAGE_H
#define TW_STAGE_H

struct consignment;
struct document;
struct knowledge;

enum step {
    STEP_ON,   /* go on */
    STEP_STOP, /* the bundle is quarantined: consignment.quarantine says why */
};

struct stage {
    const char *name;
    const char *reads, *adds; /* one line each, printed by `tidewaiter stages` */
    enum step (*each)(struct consignment *, struct document *, const struct knowledge *); /* or NULL */
    enum step (*whole)(struct consignment *, const struct knowledge *);                   /* or NULL */
};

/* Which documents the entries hold: one each, several where a file has several roots or a PDF carries files. Between
 * unpack and identify. */
void documents_open(struct consignment *c, const struct knowledge *k);

enum step unpack_whole(struct consignment *c, const struct knowledge *k);
enum step identify_each(struct consignment *c, struct document *d, const struct knowledge *k);
enum step validate_each(struct consignment *c, struct document *d, const struct knowledge *k);
enum step normalise_each(struct consignment *c, struct document *d, const struct knowledge *k);
enum step normalise_whole(struct consignment *c, const struct knowledge *k);
enum step review_whole(struct consignment *c, const struct knowledge *k);
enum step decide_whole(struct consignment *c, const struct knowledge *k);
enum step draft_whole(struct consignment *c, const struct knowledge *k);
enum step annotate_whole(struct consignment *c, const struct knowledge *k);
enum step seal_whole(struct consignment *c, const struct knowledge *k);
enum step pack_whole(struct consignment *c, const struct knowledge *k);

#endif
