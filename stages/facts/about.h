/* Which declaration a paper or an event is about (CATALOGUE-A 1: E(x); FACTS 9: tw:about). */
#ifndef TW_FACTS_ABOUT_H
#define TW_FACTS_ABOUT_H

#include <stdbool.h>

struct arena;
struct fact;

/* True where the paper names no declaration, or the MRN, LRN, UCR or master UCR of this one (by tw:ref). */
bool is_about(struct arena *arena, const struct fact *declaration, const struct fact *paper);

#endif
