/* The floor F (PERFORMANCE 0): what reading and validating a bundle costs with the ordinary means, and nothing else:
 * libarchive's zip reader with zlib, xmlReadMemory (NONET, COMPACT), a new valid context, xmlSchemaValidateDoc with
 * our own profile schemas compiled once, xmlFreeDoc, glibc's malloc.
 *
 * Usage: floor SCHEMAS BUNDLE.zip…   The bundles are read into memory first; then one pass over all is timed.
 * Prints the CPU time of the pass in microseconds.
 */
#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct bytes {
    char *at;
    size_t length;
};

static void quiet(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

static void quiet_error(void *context, const xmlError *error) {
    (void)context;
    (void)error;
}

static struct bytes read_file(const char *path) {
    FILE *stream = fopen(path, "rb");
    struct bytes made = {NULL, 0};
    if (!stream || fseek(stream, 0, SEEK_END) != 0) {
        (void)fprintf(stderr, "%s: cannot be read\n", path);
        exit(3);
    }
    made.length = (size_t)ftell(stream);
    made.at = malloc(made.length + 1);
    rewind(stream);
    if (!made.at || fread(made.at, 1, made.length, stream) != made.length) {
        exit(3);
    }
    (void)fclose(stream);
    return made;
}

enum { SCHEMAS = 4 };
static const char *const names[SCHEMAS] = {"wco-dec", "eu-aes", "ubl", "own-records"};
static const char *const spaces[SCHEMAS] = {"urn:wco:", "http://ecs.", "urn:oasis:", "urn:tidewaiter:record:"};

static xmlSchema *compile(const char *folder, const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/dialects/%s/%s.xsd", folder, name, name);
    xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(path);
    xmlSchema *schema = parser ? xmlSchemaParse(parser) : NULL;
    xmlSchemaFreeParserCtxt(parser);
    if (!schema) {
        (void)fprintf(stderr, "%s: does not compile\n", path);
        exit(3);
    }
    return schema;
}

static unsigned documents, invalid;

static void judge(xmlSchema *const *schemas, const char *bytes, size_t length) {
    xmlDoc *document = xmlReadMemory(bytes, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    const char *ns = root && root->ns ? (const char *)root->ns->href : "";
    for (int i = 0; root && i < SCHEMAS; i++) {
        if (strncmp(ns, spaces[i], strlen(spaces[i])) == 0) {
            xmlSchemaValidCtxt *valid = xmlSchemaNewValidCtxt(schemas[i]);
            xmlSchemaSetValidStructuredErrors(valid, (xmlStructuredErrorFunc)(void (*)(void))quiet_error, NULL);
            documents++;
            invalid += xmlSchemaValidateDoc(valid, document) != 0;
            xmlSchemaFreeValidCtxt(valid);
        }
    }
    xmlFreeDoc(document);
}

static void read_bundle(xmlSchema *const *schemas, const struct bytes *bundle) {
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    archive_read_support_format_zip(archive);
    if (archive_read_open_memory(archive, bundle->at, bundle->length) != ARCHIVE_OK) {
        exit(3);
    }
    while (archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
        size_t size = (size_t)archive_entry_size(entry);
        char *bytes = malloc(size + 1);
        if (!bytes || archive_read_data(archive, bytes, size) != (la_ssize_t)size) {
            exit(3);
        }
        judge(schemas, bytes, size);
        free(bytes);
    }
    archive_read_free(archive);
}

static int64_t cpu(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int main(int count, char **values) {
    if (count < 3) {
        (void)fputs("usage: floor SCHEMAS BUNDLE.zip...\n", stderr);
        return 3;
    }
    xmlSetGenericErrorFunc(NULL, quiet);
    xmlSchema *schemas[SCHEMAS];
    struct bytes *bundles = malloc((size_t)count * sizeof *bundles);
    for (int i = 0; i < SCHEMAS; i++) {
        schemas[i] = compile(values[1], names[i]);
    }
    for (int i = 2; i < count; i++) {
        bundles[i] = read_file(values[i]);
    }
    int64_t since = cpu();
    for (int i = 2; i < count; i++) {
        read_bundle(schemas, &bundles[i]);
    }
    (void)printf("%" PRId64 " %u %u\n", cpu() - since, documents, invalid);
    return 0;
}
