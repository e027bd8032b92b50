#include "container/detect.h"

#include "container/zip-format.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { TAR_BLOCK = 512, TAR_CHECKSUM = 148, TAR_CHECKSUM_SIZE = 8 };

static bool starts(const unsigned char *bytes, size_t length, const char *magic, size_t magic_length) {
    return length >= magic_length && memcmp(bytes, magic, magic_length) == 0;
}
#define STARTS(magic) starts(bytes, length, magic, sizeof(magic) - 1)

bool detect_is_tar_header(const unsigned char *block, size_t length) {
    if (length < TAR_BLOCK || block[0] == '\0') {
        return false;
    }
    const unsigned char *field = block + TAR_CHECKSUM;
    unsigned sum = 0, stated = 0, digits = 0;
    int i = 0;
    while (i < TAR_CHECKSUM_SIZE && field[i] == ' ') {
        i++;
    }
    for (; i < TAR_CHECKSUM_SIZE && field[i] >= '0' && field[i] <= '7'; i++, digits++) {
        stated = stated * 8 + (field[i] - '0');
    }
    if (!digits) {
        return false;
    }
    for (i = 0; i < TAR_BLOCK; i++) {
        bool in_field = i >= TAR_CHECKSUM && i < TAR_CHECKSUM + TAR_CHECKSUM_SIZE;
        sum += in_field ? ' ' : block[i];
    }
    return stated == sum;
}

/* A page beside the documents, as our own run.html, is not one of them. */
static bool is_html(const unsigned char *bytes, size_t length) {
    static const char *const starts[] = {"<!doctype html", "<html"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t size = strlen(starts[i]);
        if (length >= size && strncasecmp((const char *)bytes, starts[i], size) == 0) {
            return true;
        }
    }
    return false;
}

/* XML in UTF-8 and its likes, or in UTF-16: the first character that is no blank is '<'. */
static bool is_xml(const unsigned char *bytes, size_t length) {
    size_t width = 1, at = 0, low = 0; /* low: which byte of a UTF-16 unit carries ASCII */
    if (STARTS("\xff\xfe") || STARTS("<\0")) {
        width = 2;
    } else if (STARTS("\xfe\xff") || STARTS("\0<")) {
        width = 2;
        low = 1;
    }
    if (STARTS("\xef\xbb\xbf")) {
        at = 3;
    } else if (STARTS("\x84\x31\x95\x33")) { /* the mark of GB18030 */
        at = 4;
    } else if (STARTS("\xff\xfe") || STARTS("\xfe\xff")) {
        at = 2;
    }
    for (; at + width <= length; at += width) {
        unsigned char character = bytes[at + low];
        if (width == 2 && bytes[at + 1 - low] != 0) {
            return false;
        }
        if (character != ' ' && character != '\t' && character != '\r' && character != '\n') {
            return character == '<' && !(width == 1 && is_html(bytes + at, length - at));
        }
    }
    return false;
}

/* Block 1 of a message, or the first field of one whose blocks were left out. */
static bool is_fin(const unsigned char *bytes, size_t length) {
    size_t at = STARTS("\xef\xbb\xbf") ? 3 : 0;
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r')) {
        at++;
    }
    bytes += at;
    length -= at;
    return STARTS("{1:F") || STARTS(":27:") || STARTS(":20:");
}

enum format detect_start(const unsigned char *bytes, size_t length) {
    static const struct {
        enum format format;
        const char *magic;
        size_t length;
    } magics[] = {
        {FORMAT_ZIP, "PK\3\4", 4},
        {FORMAT_ZIP, "PK\5\6", 4},
        {FORMAT_GZIP, "\x1f\x8b", 2},
        {FORMAT_ZSTD, "\x28\xb5\x2f\xfd", 4},
        {FORMAT_XZ,
         "\xfd"
         "7zXZ\0",
         6},
        {FORMAT_7Z, "7z\xbc\xaf\x27\x1c", 6},
        {FORMAT_PDF, "%PDF-", 5},
    };
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        if (starts(bytes, length, magics[i].magic, magics[i].length)) {
            return magics[i].format;
        }
    }
    if (detect_is_tar_header(bytes, length)) {
        return FORMAT_TAR;
    }
    /* A skippable frame may stand before the first zstd frame (RFC 8878 3.1.2). */
    if (length >= 4 && (zip_u32(bytes) & 0xfffffff0U) == 0x184d2a50U) {
        return FORMAT_ZSTD;
    }
    /* A tar without members is blocks of zeros. */
    static const unsigned char zeros[TAR_BLOCK];
    if (length >= TAR_BLOCK && memcmp(bytes, zeros, TAR_BLOCK) == 0) {
        return FORMAT_TAR;
    }
    if (is_xml(bytes, length)) {
        return FORMAT_XML;
    }
    if (is_fin(bytes, length)) {
        return FORMAT_FIN;
    }
    bool late = memmem(bytes, length < DETECT_PDF ? length : DETECT_PDF, "%PDF-", strlen("%PDF-")) != NULL;
    return late ? FORMAT_PDF : FORMAT_UNKNOWN; /* some bytes may stand before the header of a PDF */
}

/* An end record whose directory stands before it, wherever in the file it is. */
static bool has_zip_end(const unsigned char *bytes, size_t length) {
    if (length < ZIP_END_SIZE) {
        return false;
    }
    size_t lowest = length > ZIP_END_SIZE + UINT16_MAX ? length - ZIP_END_SIZE - UINT16_MAX : 0;
    for (size_t at = length - ZIP_END_SIZE + 1; at-- > lowest;) {
        if (bytes[at] != 'P' || zip_u32(bytes + at) != ZIP_END_SIGNATURE) {
            continue;
        }
        uint32_t size = zip_u32(bytes + at + 12);
        if (zip_u16(bytes + at + 20) == length - at - ZIP_END_SIZE && size >= ZIP_CENTRAL_SIZE && size <= at &&
            zip_u32(bytes + at - size) == ZIP_CENTRAL_SIGNATURE) {
            return true;
        }
    }
    return false;
}

enum format detect_whole(const unsigned char *bytes, size_t length) {
    return has_zip_end(bytes, length) ? FORMAT_ZIP : detect_start(bytes, length);
}

bool format_is_archive(enum format format) {
    return format != FORMAT_UNKNOWN && format != FORMAT_XML && format != FORMAT_PDF && format != FORMAT_FIN;
}

bool detect_is_bundle_archive(const unsigned char *bytes, size_t length) {
    enum format format = detect_start(bytes, length);
    if (format != FORMAT_ZIP || length < ZIP_LOCAL_SIZE) {
        return format_is_archive(format);
    }
    size_t name_length = zip_u16(bytes + 26);
    const unsigned char *name = bytes + ZIP_LOCAL_SIZE;
    if (name_length > length - ZIP_LOCAL_SIZE) {
        return true;
    }
    static const char *const office[] = {"[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml"};
    for (size_t i = 0; i < sizeof office / sizeof *office; i++) {
        if (name_length == strlen(office[i]) && memcmp(name, office[i], name_length) == 0) {
            return false;
        }
    }
    static const char open_document[] = "mimetypeapplication/vnd.oasis.opendocument";
    return !starts(name, length - ZIP_LOCAL_SIZE, open_document, sizeof open_document - 1);
}

static bool is_text(const unsigned char *bytes, size_t length) {
    for (size_t i = 0; i < length && i < DETECT_BYTES; i++) {
        if (bytes[i] < ' ' && bytes[i] != '\t' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\f') {
            return false;
        }
    }
    return length > 0;
}

const char *detect_media(const unsigned char *bytes, size_t length) {
    static const char *const of_format[] = {
        [FORMAT_ZIP] = "application/zip",   [FORMAT_TAR] = "application/x-tar",
        [FORMAT_GZIP] = "application/gzip", [FORMAT_ZSTD] = "application/zstd",
        [FORMAT_XZ] = "application/x-xz",   [FORMAT_7Z] = "application/x-7z-compressed",
        [FORMAT_XML] = "application/xml",   [FORMAT_PDF] = "application/pdf",
        [FORMAT_FIN] = "text/plain",
    };
    enum format format = detect_start(bytes, length);
    if (format != FORMAT_UNKNOWN) {
        return of_format[format];
    }
    if (STARTS("\x89PNG\r\n\x1a\n")) {
        return "image/png";
    }
    if (STARTS("\xff\xd8\xff")) {
        return "image/jpeg";
    }
    if (STARTS("II*\0") || STARTS("MM\0*")) {
        return "image/tiff";
    }
    size_t at = 0;
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
        at++;
    }
    if (at < length && (bytes[at] == '{' || bytes[at] == '[')) {
        return "application/json";
    }
    static const char page[] = "<!doctype html";
    if (length - at >= sizeof page - 1 && strncasecmp((const char *)bytes + at, page, sizeof page - 1) == 0) {
        return "text/html";
    }
    return is_text(bytes, length) ? "text/plain" : "application/octet-stream";
}
