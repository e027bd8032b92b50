/* What the subset leaves out, and the words that say what to write instead (RULES 4). */
#include "xpath/parser.h"

#include "base/arena.h"
#include "base/problems.h"

#include <stdarg.h>
#include <string.h>

void complain(struct parser *parser, size_t offset, const char *format, ...) {
    unsigned line = parser->place.line, column = parser->place.column;
    for (size_t i = 0; i < offset && parser->lexer.text[i]; i++) {
        if (parser->lexer.text[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)parser->lexer.text[i] & 0xC0) != 0x80) {
            column++;
        }
    }
    va_list values;
    va_start(values, format);
    const char *text = arena_vprintf(parser->program->arena, format, values);
    va_end(values);
    problem(parser->program->problems, parser->place.file, line, column, "%s", text);
    parser->failed = true;
}

struct refusal {
    const char *names; /* apart by blanks, with a blank at both ends */
    const char *words;
};

static const char *words_for(const struct refusal *table, const char *name) {
    for (; table->names; table++) {
        for (const char *at = strstr(table->names, name); at; at = strstr(at + 1, name)) {
            if (at[-1] == ' ' && at[strlen(name)] == ' ') {
                return table->words;
            }
        }
    }
    return NULL;
}

static const struct refusal functions[] = {
    {" sum ", "sum() counts in doubles: write tw:sum, which is exact"},
    {" round floor ceiling ", "write tw:round(x, places, mode): money never goes through a double"},
    {" number ", "decimals travel as text: write the fact, or tw:round(x, places)"},
    {" position ", "position() is not part of the language: write @n"},
    {" last ", "last() stands alone in a predicate, [last()]; elsewhere write @n"},
    {" id key ", "write tw:by(set, 'path', value): an index"},
    {" name local-name namespace-uri ", "facts are asked for by name: write the path"},
    {" translate ", "write tw:fold(text) or tw:ref(text)"},
    {" substring-before substring-after ", "write substring(text, from, length) or tw:matches(text, 'pattern')"},
    {" text node comment processing-instruction ", "a fact is its own text: write the path"},
    {" document current doc collection ", "a rule reads the dossier only: write the path"},
    {" lang ", "write @lang = 'en'"},
    {NULL, NULL},
};

static const struct refusal axes[] = {
    {" descendant descendant-or-self ", "write the path: facts have one place"},
    {" child attribute self parent ", "write name, @name, . or .. without the axis"},
    {" ancestor ancestor-or-self ", "write .. as often as needed: facts have one place"},
    {" preceding-sibling following-sibling preceding following namespace ",
     "doubles: write tw:repeated(set, 'path'); joins: write tw:by(set, 'path', value)"},
    {NULL, NULL},
};

void refuse_function(struct parser *parser, const char *name, size_t offset) {
    const char *words = words_for(functions, name);
    if (words) {
        complain(parser, offset, "%s", words);
        return;
    }
    const char *nearest = function_nearest(name);
    if (nearest) {
        complain(parser, offset, "no function %s; did you mean %s?", name, nearest);
    } else {
        complain(parser, offset, "no function %s", name);
    }
}

void refuse_axis(struct parser *parser) {
    const struct lexer *lexer = &parser->lexer;
    const char *name = arena_copy(parser->program->arena, lexer->text + lexer->start, lexer->length);
    const char *words = words_for(axes, name);
    complain(parser, lexer->start, "%s:: is not part of the language: %s", name,
             words ? words : "write the path: facts have one place");
}

void refuse_token(struct parser *parser) {
    const struct lexer *lexer = &parser->lexer;
    const char *text = lexer->text + lexer->start;
    if (lexer->kind == TOKEN_DOUBLE_SLASH) {
        complain(parser, lexer->start, "// is not part of the language: write the path: facts have one place");
    } else if (lexer->kind == TOKEN_ARITHMETIC || lexer_is(lexer, "div") || lexer_is(lexer, "mod")) {
        complain(parser, lexer->start,
                 "%.*s is no operator here: write tw:add, tw:sub, tw:mul, tw:div or tw:round(x, places, mode): money "
                 "never goes through a double",
                 (int)lexer->length, text);
    } else if (lexer->kind == TOKEN_END) {
        complain(parser, lexer->start, "the expression ends too early");
    } else if (lexer->kind == TOKEN_BAD && (*text == '\'' || *text == '"')) {
        complain(parser, lexer->start, "a text without its closing %c", *text);
    } else if (lexer->kind == TOKEN_EQUAL || lexer->kind == TOKEN_DIFFERENT || lexer->kind == TOKEN_LESS ||
               lexer->kind == TOKEN_LESS_EQUAL || lexer->kind == TOKEN_GREATER || lexer->kind == TOKEN_GREATER_EQUAL) {
        complain(parser, lexer->start, "two values are compared at a time: join comparisons by and");
    } else {
        complain(parser, lexer->start, "%.*s is not expected here", (int)(lexer->length ? lexer->length : 1), text);
    }
}

void refuse_scan(struct parser *parser, size_t offset) {
    complain(parser, offset,
             "this predicate would walk the whole set once per item: write tw:by(/dossier/invoice/line, 'number', $n), "
             "an index, not a scan per item");
}

void refuse_scan_of_parent(struct parser *parser, size_t offset, const char *what) {
    complain(parser, offset,
             "%s over a set reached through .. would walk it once per item: tw:define it on the parent, or write tw:by",
             what);
}
