/* Tokens of an expression: for this room, and for the stylesheets of pages (pages/sheet-expression.c). */
#ifndef TW_XPATH_LEX_H
#define TW_XPATH_LEX_H

#include <stdbool.h>
#include <stddef.h>

enum token {
    TOKEN_END,
    TOKEN_BAD,  /* a character that no expression has, or a text without its closing quote */
    TOKEN_NAME, /* with a prefix: "tw:sum" */
    TOKEN_NUMBER,
    TOKEN_TEXT, /* between quotes: start and length leave them out */
    TOKEN_SLASH,
    TOKEN_DOUBLE_SLASH,
    TOKEN_DOT,
    TOKEN_DOTS,
    TOKEN_AT,
    TOKEN_DOLLAR,
    TOKEN_AXIS, /* :: */
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_OPEN_BRACKET,
    TOKEN_CLOSE_BRACKET,
    TOKEN_COMMA,
    TOKEN_BAR,
    TOKEN_EQUAL,
    TOKEN_DIFFERENT,
    TOKEN_LESS,
    TOKEN_LESS_EQUAL,
    TOKEN_GREATER,
    TOKEN_GREATER_EQUAL,
    TOKEN_ARITHMETIC, /* + - * */
};

struct lexer {
    const char *text;
    size_t next; /* where the next token is looked for */
    enum token kind;
    size_t start, length; /* of the current token */
};

void lexer_begin(struct lexer *lexer, const char *text); /* and reads the first token */
void lexer_next(struct lexer *lexer);
enum token lexer_peek(const struct lexer *lexer);           /* the kind of the token after the current one */
bool lexer_is(const struct lexer *lexer, const char *name); /* is the current token that name? */

#endif
