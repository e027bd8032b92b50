/* The message catalogue: every word and sentence of a page, by id, in English and Chinese (PAGES 6).
 *
 * Data       messages.en.xml and messages.zh.xml: <messages lang="en">, in it <words page="KIND"> with <word id=""> (a
 *            word of that page's stylesheets; "all": of every page) and <message id=""> (a sentence that the engine
 *            makes; {name} stands for a value, text between ` for code).
 * Languages  Chinese may lack what English has, and then says it in English; it may not have more.
 * Ownership  Everything lives in the arena given at start-up.
 */
#ifndef TW_PAGES_MESSAGES_H
#define TW_PAGES_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buffer;
struct names;
struct problems;
struct messages;

/* NULL when problems were added. */
struct messages *messages_load(struct arena *arena, const char *folder, struct names *names, struct problems *problems);

/* The message of that id; *translated is false where it is English on a page of another language. */
const char *messages_find(const struct messages *messages, const char *language, const char *id, bool *translated);

struct message_word {
    const char *name; /* interned */
    const char *text;
    const char *page;
};

/* The words of a kind of page, those of all pages among them, in the order of the file: call it with *index = 0 at
 * first, until it returns NULL. */
const struct message_word *messages_next_word(const struct messages *messages, const char *language, const char *page,
                                              size_t *index);

/* One value of a sentence. */
struct message_value {
    const char *name;
    const char *text; /* NULL: nothing */
};

/* Appends a piece of a message with its values in place; a {name} without a value stays as it is. */
void message_fill(struct buffer *out, const char *text, size_t length, const struct message_value *values,
                  size_t count);

#endif
