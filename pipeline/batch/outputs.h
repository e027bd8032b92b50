/* Output files, written whole and in groups: under temporary names first, then flushed together, then renamed.
 *
 * Sequence   outputs_open; outputs_put any number; outputs_commit makes them safe and gives them their names.
 * Why        One flush for a group costs what one costs for a file (PERFORMANCE 5). A kill in between leaves
 *            temporary files, which the next run writes over; a second rename of the same bytes is harmless.
 * Promise    After outputs_commit the files and their names are on the disk, if it is a local file system.
 * Errors     false with a message on stderr; files of the group that have no name yet are removed.
 */
#ifndef TW_BATCH_OUTPUTS_H
#define TW_BATCH_OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>

struct outputs;

/* The folder is made and locked: another run that writes there is refused. NULL: a message was printed. */
struct outputs *outputs_open(const char *directory);
void outputs_close(struct outputs *outputs); /* what was not committed is removed; NULL is allowed */

/* DIR/name, with the folders that name has in it. */
bool outputs_put(struct outputs *outputs, const char *name, const void *bytes, size_t length);
/* DIR/name goes when the group is committed: what an earlier run left there holds no more. */
void outputs_drop(struct outputs *outputs, const char *name);
bool outputs_commit(struct outputs *outputs);

bool outputs_has(const struct outputs *outputs, const char *name); /* such a file is there, and not empty */

#endif
