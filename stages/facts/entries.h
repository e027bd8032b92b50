/* An import entry beside the declaration under review is what that declaration discharges.
 *
 * Dialects in which imports and exports are one kind of document (type IM of FACTS 3) read an import as a declaration,
 * and, where it opens the entry of a register, as that entry too (/dossier/supervision, with its lines). Alone it is
 * the declaration of its bundle. Beside one that is no import it is a paper: its kind becomes supervision, and of its
 * facts only the entry counts; what customs did with it then is no act of this procedure.
 */
#ifndef TW_FACTS_ENTRIES_H
#define TW_FACTS_ENTRIES_H

struct consignment;

/* Before the declarations of a bundle are counted (gate G-3). */
void entries_set_apart(struct consignment *c);

#endif
