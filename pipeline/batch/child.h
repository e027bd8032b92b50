/* What a process of ours that holds one socket does first: the worker, the signer.
 *
 * From then on: the socket is CHILD_SOCKET; stdin and stdout lead nowhere, stderr stays for a last word, all else is
 * closed; no core file; signals of the terminal are the supervisor's, and with the supervisor the process ends.
 */
#ifndef TW_BATCH_CHILD_H
#define TW_BATCH_CHILD_H

enum { CHILD_SOCKET = 3 };

/* name: as the system shows the process, at most 15 characters. */
void child_begin(int socket, const char *name);

#endif
