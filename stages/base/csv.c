#include "base/csv.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problems.h"

#include <stdint.h>
#include <string.h>

struct scan {
    struct arena *arena;
    const char *file;
    struct problems *problems;
    const char *at, *end;
    unsigned line;
    bool good;
};

static void complain(struct scan *scan, unsigned line, const char *what) {
    problem(scan->problems, scan->file, line, 0, "%s", what);
    scan->good = false;
}

static bool at_end_of_line(const struct scan *scan) {
    return *scan->at == '\n' || (*scan->at == '\r' && scan->at + 1 < scan->end && scan->at[1] == '\n');
}

/* After the opening quote. Returns the field without its quotes; the doubled ones made single. */
static const char *quoted_field(struct scan *scan) {
    unsigned opened = scan->line;
    const char *start = scan->at;
    char *copy, *out;

    for (; scan->at < scan->end; scan->at++) {
        if (*scan->at == '\n') {
            scan->line++;
        }
        if (*scan->at == '"') {
            if (scan->at + 1 >= scan->end || scan->at[1] != '"') {
                break;
            }
            scan->at++;
        }
    }
    copy = out = arena_alloc(scan->arena, (size_t)(scan->at - start) + 1);
    for (const char *from = start; from < scan->at; from++) {
        *out++ = *from;
        if (*from == '"') {
            from++;
        }
    }
    *out = '\0';
    if (scan->at == scan->end) {
        complain(scan, opened, "this quote is never closed");
        return copy;
    }
    scan->at++;
    if (scan->at < scan->end && *scan->at != ',' && !at_end_of_line(scan)) {
        complain(scan, scan->line, "text after a closing quote: a quote within a field is written twice");
        while (scan->at < scan->end && *scan->at != ',' && !at_end_of_line(scan)) {
            scan->at++;
        }
    }
    return copy;
}

static const char *plain_field(struct scan *scan) {
    const char *start = scan->at;
    bool quote = false;

    while (scan->at < scan->end && *scan->at != ',' && !at_end_of_line(scan)) {
        quote |= *scan->at == '"';
        scan->at++;
    }
    if (quote) {
        complain(scan, scan->line, "a quote within a field: put the whole field in quotes, and write its quotes twice");
    }
    return arena_copy(scan->arena, start, (size_t)(scan->at - start));
}

/* One record, its line end taken. */
static struct csv_record record(struct scan *scan, size_t *width) {
    struct csv_record out = {.line = scan->line};
    const char **fields = NULL;
    size_t count = 0, capacity = 0;

    for (;;) {
        if (count == capacity) {
            fields = arena_grow(scan->arena, fields, &capacity, sizeof *fields);
        }
        if (scan->at < scan->end && *scan->at == '"') {
            scan->at++;
            fields[count++] = quoted_field(scan);
        } else {
            fields[count++] = plain_field(scan);
        }
        if (scan->at >= scan->end || *scan->at != ',') {
            break;
        }
        scan->at++;
    }
    if (scan->at < scan->end) {
        scan->at += *scan->at == '\r' ? 2 : 1;
        scan->line++;
    }
    out.fields = fields;
    *width = count;
    return out;
}

static void skip_empty_lines(struct scan *scan) {
    while (scan->at < scan->end && at_end_of_line(scan)) {
        scan->at += *scan->at == '\r' ? 2 : 1;
        scan->line++;
    }
}

/* Bytes of the UTF-8 sequence that begins here; 0: none does. */
static size_t sequence_length(const unsigned char *at, size_t left) {
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : at[0] < 0xf5 ? 4 : 0;

    if (length == 0 || length > left || at[0] == 0) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    if (length == 3 && ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f))) {
        return 0;
    }
    if (length == 4 && ((at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))) {
        return 0;
    }
    return length;
}

static void check_utf8(struct scan *scan) {
    unsigned line = 1, reported = 0;
    size_t length;

    for (const char *at = scan->at; at < scan->end; at += length) {
        length = sequence_length((const unsigned char *)at, (size_t)(scan->end - at));
        if (length == 0) {
            length = 1;
            if (reported != line) {
                complain(scan, line, "bytes that are not UTF-8: save the file as UTF-8");
                reported = line;
            }
        }
        line += *at == '\n';
    }
}

bool csv_read(struct arena *arena, const char *file, const char *text, size_t length, struct csv *out,
              struct problems *problems) {
    static const char bom[] = "\xef\xbb\xbf";
    struct scan scan = {
        .arena = arena, .file = file, .problems = problems, .at = text, .end = text + length, .line = 1, .good = true};
    struct csv_record *records = NULL;
    size_t count = 0, capacity = 0, width;

    *out = (struct csv){.file = file};
    if (length >= 3 && memcmp(text, bom, 3) == 0) {
        scan.at += 3;
    }
    check_utf8(&scan);
    skip_empty_lines(&scan);
    if (scan.at >= scan.end) {
        complain(&scan, 1, "empty: the first line names the columns");
        return false;
    }
    out->columns = record(&scan, &out->width).fields;
    for (skip_empty_lines(&scan); scan.at < scan.end; skip_empty_lines(&scan)) {
        struct csv_record next = record(&scan, &width);
        if (width != out->width) {
            problem(problems, file, next.line, 0, "%zu fields, the header has %zu", width, out->width);
            scan.good = false;
            continue;
        }
        if (count == capacity) {
            records = arena_grow(arena, records, &capacity, sizeof *records);
        }
        records[count++] = next;
    }
    out->records = records;
    out->count = count;
    return scan.good;
}

int csv_column(const struct csv *csv, const char *name) {
    for (size_t i = 0; i < csv->width; i++) {
        if (strcmp(csv->columns[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *csv_field(const struct csv_record *record, int column) {
    return column < 0 ? "" : record->fields[column];
}

void csv_write(struct buffer *buffer, const char *field) {
    if (field[strcspn(field, ",\"\r\n")] == '\0') {
        buffer_string(buffer, field);
        return;
    }
    buffer_char(buffer, '"');
    for (; *field != '\0'; field++) {
        if (*field == '"') {
            buffer_char(buffer, '"');
        }
        buffer_char(buffer, *field);
    }
    buffer_char(buffer, '"');
}
