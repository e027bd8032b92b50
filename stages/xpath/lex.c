#include "xpath/lex.h"

#include <string.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool in_name(char c) {
    return starts_name(c) || is_digit(c) || c == '-' || c == '.';
}

static size_t name_length(const char *text) {
    size_t length = 0;
    while (in_name(text[length])) {
        length++;
    }
    if (text[length] == ':' && starts_name(text[length + 1])) {
        do {
            length++;
        } while (in_name(text[length]));
    }
    return length;
}

static size_t number_length(const char *text) {
    size_t length = 0;
    while (is_digit(text[length])) {
        length++;
    }
    if (text[length] == '.' && is_digit(text[length + 1])) {
        do {
            length++;
        } while (is_digit(text[length]));
    }
    return length;
}

struct sign {
    const char *text;
    enum token kind;
};

/* Longer signs stand before those that begin them. */
static const struct sign signs[] = {
    {"//", TOKEN_DOUBLE_SLASH},
    {"/", TOKEN_SLASH},
    {"..", TOKEN_DOTS},
    {".", TOKEN_DOT},
    {"@", TOKEN_AT},
    {"$", TOKEN_DOLLAR},
    {"::", TOKEN_AXIS},
    {"(", TOKEN_OPEN},
    {")", TOKEN_CLOSE},
    {"[", TOKEN_OPEN_BRACKET},
    {"]", TOKEN_CLOSE_BRACKET},
    {",", TOKEN_COMMA},
    {"|", TOKEN_BAR},
    {"=", TOKEN_EQUAL},
    {"!=", TOKEN_DIFFERENT},
    {"<=", TOKEN_LESS_EQUAL},
    {"<", TOKEN_LESS},
    {">=", TOKEN_GREATER_EQUAL},
    {">", TOKEN_GREATER},
    {"+", TOKEN_ARITHMETIC},
    {"-", TOKEN_ARITHMETIC},
    {"*", TOKEN_ARITHMETIC},
};

static void take(struct lexer *lexer, enum token kind, size_t length) {
    lexer->kind = kind;
    lexer->length = length;
    lexer->next = lexer->start + length;
}

static void take_text(struct lexer *lexer) {
    const char *opening = lexer->text + lexer->start;
    const char *closing = strchr(opening + 1, *opening);
    if (!closing) {
        take(lexer, TOKEN_BAD, strlen(opening));
        return;
    }
    lexer->start++;
    take(lexer, TOKEN_TEXT, (size_t)(closing - opening) - 1);
    lexer->next++;
}

static void take_sign(struct lexer *lexer) {
    const char *here = lexer->text + lexer->start;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i].text);
        if (strncmp(here, signs[i].text, length) == 0) {
            take(lexer, signs[i].kind, length);
            return;
        }
    }
    take(lexer, TOKEN_BAD, 1);
}

void lexer_next(struct lexer *lexer) {
    while (is_blank(lexer->text[lexer->next])) {
        lexer->next++;
    }
    lexer->start = lexer->next;
    const char *here = lexer->text + lexer->start;
    if (!*here) {
        take(lexer, TOKEN_END, 0);
    } else if (starts_name(*here)) {
        take(lexer, TOKEN_NAME, name_length(here));
    } else if (is_digit(*here)) {
        take(lexer, TOKEN_NUMBER, number_length(here));
    } else if (*here == '\'' || *here == '"') {
        take_text(lexer);
    } else {
        take_sign(lexer);
    }
}

void lexer_begin(struct lexer *lexer, const char *text) {
    *lexer = (struct lexer){.text = text};
    lexer_next(lexer);
}

enum token lexer_peek(const struct lexer *lexer) {
    struct lexer ahead = *lexer;
    lexer_next(&ahead);
    return ahead.kind;
}

bool lexer_is(const struct lexer *lexer, const char *name) {
    return lexer->kind == TOKEN_NAME && strlen(name) == lexer->length &&
           strncmp(lexer->text + lexer->start, name, lexer->length) == 0;
}
