/* Markup by sight: stepping over tags, comments and instructions in bytes that nobody has parsed yet.
 *
 * Purpose    The root's name before a parse (sniff.c), several documents in one file (split.c). Takes what is not
 *            well-formed as it comes, and never reads beyond the end.
 * Encoding   Any whose markup is ASCII: the second bytes of Chinese characters are never '<', '>' or a quote.
 */
#ifndef TW_XML_MARKUP_H
#define TW_XML_MARKUP_H

enum markup {
    MARKUP_END,         /* no more markup */
    MARKUP_OPEN,        /* <a …> */
    MARKUP_EMPTY,       /* <a …/> */
    MARKUP_CLOSE,       /* </a> */
    MARKUP_OTHER,       /* comment, CDATA, DTD */
    MARKUP_INSTRUCTION, /* the XML declaration too */
    MARKUP_BROKEN,      /* begins, and never ends */
};

/* From *at to the next piece of markup: it begins at *begin, and *at is set behind it; to the end where there is
 * none, or where it is broken. */
enum markup markup_next(const char **at, const char *end, const char **begin);

#endif
