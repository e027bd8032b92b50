/* `tidewaiter policy`: show, check. Results go to out, messages to err; each returns the exit code (0 fine, 3 a bad
 * policy). */
#ifndef TW_COMMANDS_POLICY_H
#define TW_COMMANDS_POLICY_H

#include <stdbool.h>
#include <stdio.h>

/* The parameters with defaults and sources; effective: the values in force per profile, and where each came from.
 * policy NULL: defaults. */
int policy_show(const char *policy, const char *schemas, bool effective, FILE *out, FILE *err);
/* Says what is wrong in a policy file and where, or that it is good. */
int policy_check(const char *policy, const char *schemas, FILE *out, FILE *err);

#endif
