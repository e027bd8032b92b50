/* Check digits and forms of numbers (CATALOGUE-A 11, CATALOGUE-B D-241, D-242; FACTS 9). Pure; NULL is false. */
#ifndef TW_BASE_CHECK_H
#define TW_BASE_CHECK_H

#include <stdbool.h>

bool check_mrn(const char *number);
bool check_iso6346(const char *number);
bool check_uscc(const char *number);
bool check_imo(const char *number);
bool check_gln(const char *number);
bool check_lei(const char *number);
bool check_locode(const char *code); /* form alone: whether the place exists is the code list's */
bool check_eori(const char *number); /* form and a two-letter prefix; whether the country exists is a code list's */

#endif
