/* Closes the process that calls it: from then on it can compute, and talk over what it holds, and nothing else.
 *
 * Purpose    A document that takes over a worker finds no file, no socket, no program and no other process
 *            (ENGINEERING 3.2). Whatever has to be opened is opened before.
 * Means      seccomp: a call that is not on a short list ends the process. Landlock, where the kernel has it: no path
 *            may be opened, should a call slip through. No new rights, no core file.
 * Errors     Without seccomp the process ends (base/fault.h): a worker never runs open.
 * Sanitizers Under AddressSanitizer, which opens files of its own, nothing is closed.
 */
#ifndef TW_BATCH_SANDBOX_H
#define TW_BATCH_SANDBOX_H

/* socket: the one descriptor over which it may send and receive. */
void sandbox_enter(int socket);

#endif
