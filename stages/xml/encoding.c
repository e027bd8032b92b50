#include "xml/encoding.h"

#include "base/fault.h"
#include "xml/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { DECLARATION_BYTES = 1024, PIECE_BYTES = 64 * 1024 };

static const struct {
    const char *name;
    const char *converter; /* iconv's name; NULL: nothing to convert */
    const char *aliases[8];
} encodings[] = {
    {"UTF-8", NULL, {"UTF8"}},
    {"US-ASCII", NULL, {"ASCII", "ISO646-US", "ISO_646.irv:1991", "ANSI_X3.4-1968"}},
    {"UTF-16LE", "UTF-16LE", {NULL}},
    {"UTF-16BE", "UTF-16BE", {NULL}},
    {"ISO-8859-1", "ISO-8859-1", {"ISO_8859-1", "ISO8859-1", "latin1", "l1"}},
    {"ISO-8859-15", "ISO-8859-15", {"ISO_8859-15", "ISO8859-15", "latin-9", "latin9"}},
    {"Windows-1252", "CP1252", {"CP1252"}},
    {"GB18030", "GB18030", {"GB18030-2000", "GB18030-2005"}},
    {"GB2312", "GB2312", {"EUC-CN", "csGB2312", "GB_2312-80"}},
    {"GBK", "GBK", {"CP936", "MS936", "Windows-936"}},
};

enum {
    ENCODINGS = sizeof encodings / sizeof encodings[0],
    UTF_8 = 0,
    US_ASCII = 1,
    UTF_16LE = 2,
    UTF_16BE = 3,
    GB18030 = 7 /* and those behind it, which are parts of it */
};

/* One per process: opened before the sandbox closes, never closed. A conversion resets its converter first. */
static iconv_t converters[ENCODINGS];

void encodings_open(void) {
    for (size_t i = 0; i < ENCODINGS; i++) {
        if (encodings[i].converter && !converters[i]) {
            converters[i] = iconv_open("UTF-8", encodings[i].converter);
            if (converters[i] == (iconv_t)-1) { /* NOLINT(performance-no-int-to-ptr): iconv's own constant */
                fault("a character converter of the C library is missing (libc-bin, gconv)");
            }
        }
    }
}

static int number_of(const char *name) {
    for (int i = 0; i < ENCODINGS; i++) {
        if (strcasecmp(encodings[i].name, name) == 0) {
            return i;
        }
        for (size_t k = 0; k < sizeof encodings[i].aliases / sizeof encodings[i].aliases[0]; k++) {
            if (encodings[i].aliases[k] && strcasecmp(encodings[i].aliases[k], name) == 0) {
                return i;
            }
        }
    }
    return -1;
}

static bool begins(const unsigned char *bytes, size_t length, const char *with, size_t count) {
    return length >= count && memcmp(bytes, with, count) == 0;
}

/* The encoding that an XML declaration names, among bytes of one character each; "" where it names none. */
static void declared(const unsigned char *bytes, size_t length, char name[ENCODING_NAME]) {
    name[0] = '\0';
    const char *text = (const char *)bytes;
    size_t bound = length < DECLARATION_BYTES ? length : DECLARATION_BYTES;
    const char *end = begins(bytes, length, "<?xml", 5) ? memmem(text, bound, "?>", 2) : NULL;
    const char *at = end ? memmem(text, (size_t)(end - text), "encoding", 8) : NULL;
    if (!at) {
        return;
    }
    at += 8;
    while (at < end && strchr(" \t\r\n=", *at)) {
        at++;
    }
    if (at == end || (*at != '"' && *at != '\'')) {
        return;
    }
    const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
    size_t count = close ? (size_t)(close - at - 1) : 0;
    if (count < ENCODING_NAME && !memchr(at + 1, '\0', count)) {
        memcpy(name, at + 1, count);
        name[count] = '\0';
    }
}

/* The same of a text in UTF-16, whose declaration is ASCII in every second byte. */
static void declared_wide(const unsigned char *bytes, size_t length, bool little, char name[ENCODING_NAME]) {
    unsigned char narrow[DECLARATION_BYTES];
    size_t count = 0;
    for (size_t i = 0; i + 1 < length && count < DECLARATION_BYTES; i += 2) {
        unsigned char high = bytes[little ? i + 1 : i];
        narrow[count++] = high ? '?' : bytes[little ? i : i + 1];
    }
    declared(narrow, count, name);
}

static struct encoding numbered(int number, size_t mark) {
    struct encoding made = {.number = number, .mark = mark};
    memcpy(made.name, encodings[number].name, strlen(encodings[number].name) + 1);
    return made;
}

static struct encoding unread(const char *name, size_t mark) {
    struct encoding made = {.number = -1, .mark = mark};
    memcpy(made.name, name, strlen(name) + 1);
    return made;
}

static struct encoding wide(const unsigned char *bytes, size_t length, bool little, size_t mark) {
    struct encoding made = numbered(little ? UTF_16LE : UTF_16BE, mark);
    char name[ENCODING_NAME];
    declared_wide(bytes + mark, length - mark, little, name);
    if (name[0] && strcasecmp(name, "UTF-16") != 0 && strcasecmp(name, made.name) != 0) {
        made.conflict = "the declaration names another encoding than UTF-16, in which the document is written";
    }
    return made;
}

static struct encoding narrow(const unsigned char *bytes, size_t length, size_t mark) {
    char name[ENCODING_NAME];
    declared(bytes + mark, length - mark, name);
    int number = name[0] ? number_of(name) : UTF_8;
    bool utf_16 = number == UTF_16LE || number == UTF_16BE || strcasecmp(name, "UTF-16") == 0;
    struct encoding made = number < 0 && !utf_16 ? unread(name, mark) : numbered(utf_16 ? UTF_8 : number, mark);
    made.ascii = true;
    if (utf_16) {
        made.conflict = "the declaration names UTF-16, the document has single bytes";
    } else if (mark && number != UTF_8) {
        made.conflict = "the byte order mark is that of UTF-8, the declaration names another encoding";
    }
    return made;
}

/* Behind the byte order mark of GB18030. */
static struct encoding marked_chinese(const unsigned char *bytes, size_t length, size_t mark) {
    char name[ENCODING_NAME];
    declared(bytes + mark, length - mark, name);
    struct encoding made = numbered(GB18030, mark);
    made.ascii = true;
    if (name[0] && number_of(name) < GB18030) {
        made.conflict = "the byte order mark is that of GB18030, the declaration names another encoding";
    }
    return made;
}

struct encoding encoding_detect(const unsigned char *bytes, size_t length) {
    if (begins(bytes, length, "\xFF\xFE\0\0", 4) || begins(bytes, length, "\0\0\xFE\xFF", 4) ||
        begins(bytes, length, "<\0\0\0", 4) || begins(bytes, length, "\0\0\0<", 4)) {
        return unread("UTF-32", 0);
    }
    if (begins(bytes, length, "\x4C\x6F\xA7\x94", 4)) {
        return unread("EBCDIC", 0);
    }
    if (begins(bytes, length, "\xFF\xFE", 2) || begins(bytes, length, "\xFE\xFF", 2)) {
        return wide(bytes, length, bytes[0] == 0xFF, 2);
    }
    if (begins(bytes, length, "<\0", 2) || begins(bytes, length, "\0<", 2)) {
        return wide(bytes, length, bytes[0] == '<', 0);
    }
    if (begins(bytes, length, "\x84\x31\x95\x33", 4)) {
        return marked_chinese(bytes, length, 4);
    }
    return narrow(bytes, length, begins(bytes, length, "\xEF\xBB\xBF", 3) ? 3 : 0);
}

/* How many of the bytes are UTF-8 without NUL; eight at a time while they are ASCII. */
static size_t valid_length(const unsigned char *bytes, size_t length, bool *partial) {
    size_t at = 0;
    while (at < length) {
        uint64_t eight;
        while (at + sizeof eight <= length) {
            memcpy(&eight, bytes + at, sizeof eight);
            bool ascii = (eight & 0x8080808080808080U) == 0;
            bool nul = ((eight - 0x0101010101010101U) & ~eight & 0x8080808080808080U) != 0;
            if (!ascii || nul) {
                break;
            }
            at += sizeof eight;
        }
        if (at < length) {
            size_t step = utf8_character(bytes + at, length - at, partial);
            if (!step) {
                break;
            }
            at += step;
        }
    }
    return at;
}

static size_t ascii_length(const unsigned char *bytes, size_t length) {
    size_t at = 0;
    while (at < length && bytes[at] && bytes[at] < 0x80) {
        at++;
    }
    return at;
}

static bool copy(int number, const unsigned char *bytes, size_t length, bool cut, struct buffer *out) {
    bool partial = false;
    size_t good = number == US_ASCII ? ascii_length(bytes, length) : valid_length(bytes, length, &partial);
    buffer_append(out, bytes, good);
    return good == length || (cut && partial);
}

static bool convert(iconv_t converter, const unsigned char *bytes, size_t length, bool cut, struct buffer *out) {
    iconv(converter, NULL, NULL, NULL, NULL);
    char *in = (char *)bytes; /* iconv takes it without const, and only reads it */
    size_t left = length;
    size_t begin = out->length;
    bool sound = true;
    while (left > 0 && sound) {
        buffer_reserve(out, PIECE_BYTES);
        char *to = out->bytes + out->length;
        size_t room = PIECE_BYTES;
        size_t result = iconv(converter, &in, &left, &to, &room);
        out->length = (size_t)(to - out->bytes);
        if (result == (size_t)-1 && errno != E2BIG) {
            sound = cut && errno == EINVAL;
            break;
        }
    }
    buffer_append(out, "", 0);
    const char *nul = memchr(out->bytes + begin, '\0', out->length - begin);
    if (nul) { /* no character of XML, and the end of a text to libxml2 */
        out->length = (size_t)(nul - out->bytes);
        sound = false;
    }
    return sound;
}

bool encoding_convert(const struct encoding *encoding, const unsigned char *bytes, size_t length, bool cut,
                      struct buffer *out) {
    buffer_append(out, "", 0); /* NUL-terminated, even where nothing follows */
    if (encoding->number < 0) {
        return false;
    }
    bytes += encoding->mark;
    length -= encoding->mark;
    return encodings[encoding->number].converter ? convert(converters[encoding->number], bytes, length, cut, out)
                                                 : copy(encoding->number, bytes, length, cut, out);
}
