#include "reference/registers-file.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "base/problems.h"
#include "base/time.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UNREADABLE = -1, APPLICATION = 1953985127 }; /* "twrg"; also stands in the statement that makes a new file */

struct registers_file {
    sqlite3 *db;
    const char *path;
    bool writing;
    bool fresh; /* made by us: taken away again unless it is kept */
};

/* ---- statements ---- */

static void complain(const struct registers_file *file, struct problems *problems) {
    problem(problems, file->path, 0, 0, "register file: %s", sqlite3_errmsg(file->db));
}

static bool run(struct registers_file *file, const char *sql, struct problems *problems) {
    if (sqlite3_exec(file->db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        complain(file, problems);
        return false;
    }
    return true;
}

static sqlite3_stmt *prepare(struct registers_file *file, const char *sql, struct problems *problems) {
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(file->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        complain(file, problems);
    }
    return statement;
}

static bool finish(struct registers_file *file, sqlite3_stmt *statement, int step, struct problems *problems) {
    bool good = step == SQLITE_DONE;

    if (!good) {
        complain(file, problems);
    }
    sqlite3_finalize(statement);
    return good;
}

/* "office", with quotes in it doubled. */
static void put_name(struct buffer *sql, const char *prefix, const char *name) {
    buffer_char(sql, '"');
    buffer_string(sql, prefix);
    for (; *name != '\0'; name++) {
        if (*name == '"') {
            buffer_char(sql, '"');
        }
        buffer_char(sql, *name);
    }
    buffer_char(sql, '"');
}

static const char *prefix_of(bool list) {
    return list ? "code." : "";
}

static const char *text_of(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);

    return text == NULL ? "" : text;
}

static void bind(sqlite3_stmt *statement, int place, const char *text) {
    sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}

/* ---- opening ---- */

static int64_t pragma(struct registers_file *file, const char *sql, struct problems *problems) {
    sqlite3_stmt *statement = prepare(file, sql, problems);
    int64_t value = UNREADABLE;

    if (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
        value = sqlite3_column_int64(statement, 0);
    } else if (statement != NULL) {
        problem(problems, file->path, 0, 0, "register file: %s", sqlite3_errmsg(file->db));
    }
    sqlite3_finalize(statement);
    return value;
}

static struct registers_file *opened(const char *path, const char *name, int flags, struct problems *problems) {
    struct registers_file *file = fault_malloc(sizeof *file);

    *file = (struct registers_file){.path = path, .writing = (flags & SQLITE_OPEN_READWRITE) != 0};
    if (sqlite3_open_v2(name, &file->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK) {
        problem(problems, path, 0, 0, "register file: %s", file->db == NULL ? "no memory" : sqlite3_errmsg(file->db));
        registers_file_close(file, false);
        return NULL;
    }
    sqlite3_db_config(file->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(file->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return file;
}

/* file:PATH?immutable=1, what a URI may not hold escaped. */
static void put_uri(struct buffer *uri, const char *path) {
    buffer_string(uri, "file:");
    for (const unsigned char *at = (const unsigned char *)path; *at != '\0'; at++) {
        if (*at == '%' || *at == '?' || *at == '#' || *at < 0x20) {
            buffer_printf(uri, "%%%02x", *at);
        } else {
            buffer_char(uri, (char)*at);
        }
    }
    buffer_string(uri, "?immutable=1");
}

struct registers_file *registers_file_open(const char *path, struct problems *problems) {
    struct buffer uri = {0};
    struct registers_file *file;
    int64_t application;

    put_uri(&uri, path);
    file = opened(path, uri.bytes, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, problems);
    buffer_free(&uri);
    if (file == NULL) {
        return NULL;
    }
    application = pragma(file, "PRAGMA application_id", problems);
    if (application != APPLICATION) {
        if (application != UNREADABLE) {
            problem(problems, path, 0, 0, "not a register file: make one with `registers import`");
        }
        registers_file_close(file, false);
        return NULL;
    }
    return file;
}

static bool begin(struct registers_file *file, struct problems *problems) {
    int64_t application;

    if (!run(file, "BEGIN IMMEDIATE", problems)) {
        return false;
    }
    application = pragma(file, "PRAGMA application_id", problems);
    if (application == APPLICATION) {
        return true;
    }
    if (application != 0 || pragma(file, "SELECT count(*) FROM sqlite_schema", problems) != 0) {
        problem(problems, file->path, 0, 0, "a database of another program: name a new file, or one of ours");
        return false;
    }
    return run(file,
               "PRAGMA application_id = 1953985127; PRAGMA user_version = 1;"
               "CREATE TABLE \"_register\" (\"name\" TEXT PRIMARY KEY, \"asAt\" TEXT NOT NULL,"
               " \"imported\" TEXT NOT NULL);"
               "CREATE TABLE \"_complete\" (\"name\" TEXT NOT NULL, \"issuer\" TEXT NOT NULL,"
               " PRIMARY KEY (\"name\", \"issuer\"))",
               problems);
}

struct registers_file *registers_file_create(const char *path, struct problems *problems) {
    bool fresh = access(path, F_OK) != 0;
    struct registers_file *file = opened(path, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, problems);

    if (file != NULL) {
        file->fresh = fresh;
    }
    if (file != NULL && !begin(file, problems)) {
        registers_file_close(file, false);
        return NULL;
    }
    return file;
}

bool registers_file_close(struct registers_file *file, bool commit) {
    bool good = true;

    if (file == NULL) {
        return true;
    }
    if (file->db != NULL && file->writing && sqlite3_get_autocommit(file->db) == 0) {
        good = sqlite3_exec(file->db, commit ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK;
    }
    sqlite3_close(file->db);
    if (file->fresh && !(commit && good)) {
        unlink(file->path);
    }
    free(file);
    return good;
}

/* ---- reading ---- */

static bool has_column(sqlite3_stmt *info, const char *name) {
    bool found = false;

    sqlite3_reset(info);
    while (!found && sqlite3_step(info) == SQLITE_ROW) {
        found = strcmp(text_of(info, 1), name) == 0;
    }
    return found;
}

/* SELECT of all columns of the kind in their order, '' for those that the file does not have. */
static sqlite3_stmt *select_rows(struct registers_file *file, const struct kind *kind, bool list,
                                 struct problems *problems) {
    struct buffer sql = {0};
    sqlite3_stmt *info, *rows;

    buffer_string(&sql, "PRAGMA table_info(");
    put_name(&sql, prefix_of(list), kind->name);
    buffer_string(&sql, ")");
    info = prepare(file, sql.bytes, problems);
    buffer_clear(&sql);
    buffer_string(&sql, "SELECT ");
    for (size_t i = 0; i < kind->count; i++) {
        buffer_string(&sql, i == 0 ? "" : ", ");
        if (has_column(info, kind->columns[i].name)) {
            put_name(&sql, "", kind->columns[i].name);
        } else {
            buffer_string(&sql, "''");
        }
    }
    buffer_string(&sql, " FROM ");
    put_name(&sql, prefix_of(list), kind->name);
    buffer_string(&sql, " ORDER BY rowid");
    sqlite3_finalize(info);
    rows = prepare(file, sql.bytes, problems);
    buffer_free(&sql);
    return rows;
}

static int32_t day_or(const char *text, int32_t other) {
    int32_t day;

    return day_read(text, &day) ? day : other;
}

static bool read_about(struct registers_file *file, struct arena *arena, const char *name, struct register_about *about,
                       struct problems *problems) {
    sqlite3_stmt *statement =
        prepare(file, "SELECT \"asAt\", \"imported\" FROM \"_register\" WHERE \"name\" = ?", problems);
    size_t capacity = 0;
    int step;

    *about = (struct register_about){.as_at = DAY_FIRST, .imported = DAY_FIRST};
    if (statement == NULL) {
        return false;
    }
    bind(statement, 1, name);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        about->there = true;
        about->as_at = day_or(text_of(statement, 0), DAY_FIRST);
        about->imported = day_or(text_of(statement, 1), DAY_FIRST);
    }
    sqlite3_finalize(statement);
    statement = prepare(file, "SELECT \"issuer\" FROM \"_complete\" WHERE \"name\" = ? ORDER BY \"issuer\"", problems);
    if (statement == NULL) {
        return false;
    }
    bind(statement, 1, name);
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        if (about->complete_count == capacity) {
            about->complete = arena_grow(arena, about->complete, &capacity, sizeof *about->complete);
        }
        about->complete[about->complete_count++] = arena_string(arena, text_of(statement, 0));
    }
    return finish(file, statement, step, problems);
}

bool registers_file_read(struct registers_file *file, struct arena *arena, const struct kind *kind, bool list,
                         struct grid *out, struct register_about *about, struct problems *problems) {
    sqlite3_stmt *rows;
    int step;

    *out = (struct grid){.kind = kind};
    if (!read_about(file, arena, arena_printf(arena, "%s%s", prefix_of(list), kind->name), about, problems)) {
        return false;
    }
    if (!about->there) {
        return true;
    }
    rows = select_rows(file, kind, list, problems);
    if (rows == NULL) {
        return false;
    }
    while ((step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char **values = arena_alloc(arena, kind->count * sizeof *values);
        for (size_t i = 0; i < kind->count; i++) {
            values[i] = arena_string(arena, text_of(rows, (int)i));
        }
        grid_add(arena, out, values, 0);
    }
    return finish(file, rows, step, problems);
}

bool registers_file_lists(struct registers_file *file, struct arena *arena, const char *const **names, size_t *count,
                          struct problems *problems) {
    sqlite3_stmt *statement = prepare(
        file, "SELECT substr(\"name\", 6) FROM \"_register\" WHERE \"name\" LIKE 'code.%' ORDER BY \"name\"", problems);
    const char **found = NULL;
    size_t capacity = 0;
    int step;

    *count = 0;
    if (statement == NULL) {
        return false;
    }
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        if (*count == capacity) {
            found = arena_grow(arena, found, &capacity, sizeof *found);
        }
        found[(*count)++] = arena_string(arena, text_of(statement, 0));
    }
    *names = found;
    return finish(file, statement, step, problems);
}

/* ---- writing ---- */

/* DROP, CREATE and the INSERT that takes one row. */
static sqlite3_stmt *replace_table(struct registers_file *file, const struct kind *kind, bool list,
                                   struct problems *problems) {
    struct buffer create = {0}, insert = {0};
    sqlite3_stmt *statement = NULL;

    buffer_string(&create, "DROP TABLE IF EXISTS ");
    put_name(&create, prefix_of(list), kind->name);
    buffer_string(&create, "; CREATE TABLE ");
    put_name(&create, prefix_of(list), kind->name);
    buffer_string(&insert, "INSERT INTO ");
    put_name(&insert, prefix_of(list), kind->name);
    buffer_string(&insert, " VALUES ");
    for (size_t i = 0; i < kind->count; i++) {
        buffer_string(&create, i == 0 ? " (" : ", ");
        put_name(&create, "", kind->columns[i].name);
        buffer_string(&create, " TEXT");
        buffer_string(&insert, i == 0 ? "(?" : ", ?");
    }
    buffer_string(&create, ")");
    buffer_string(&insert, ")");
    if (run(file, create.bytes, problems)) {
        statement = prepare(file, insert.bytes, problems);
    }
    buffer_free(&create);
    buffer_free(&insert);
    return statement;
}

static bool insert_rows(struct registers_file *file, sqlite3_stmt *statement, const struct grid *grid,
                        struct problems *problems) {
    int step = SQLITE_DONE;

    for (size_t row = 0; row < grid->count && step == SQLITE_DONE; row++) {
        for (size_t i = 0; i < grid->kind->count; i++) {
            bind(statement, (int)i + 1, grid->rows[row].values[i]);
        }
        step = sqlite3_step(statement);
        if (step == SQLITE_DONE) {
            sqlite3_reset(statement);
        }
    }
    return finish(file, statement, step, problems);
}

static bool execute(struct registers_file *file, const char *sql, const char *const *texts, struct problems *problems) {
    sqlite3_stmt *statement = prepare(file, sql, problems);

    if (statement == NULL) {
        return false;
    }
    for (int i = 0; texts[i] != NULL; i++) {
        bind(statement, i + 1, texts[i]);
    }
    return finish(file, statement, sqlite3_step(statement), problems);
}

static bool write_about(struct registers_file *file, const char *name, const struct register_about *about,
                        struct problems *problems) {
    char as_at[MOMENT_TEXT], imported[MOMENT_TEXT];
    const char *const row[] = {name, as_at, imported, NULL};
    bool good;

    day_print(about->as_at, as_at);
    day_print(about->imported, imported);
    good = execute(file, "INSERT OR REPLACE INTO \"_register\" VALUES (?, ?, ?)", row, problems) &&
           execute(file, "DELETE FROM \"_complete\" WHERE \"name\" = ?", (const char *const[]){name, NULL}, problems);
    for (size_t i = 0; good && i < about->complete_count; i++) {
        good = execute(file, "INSERT OR REPLACE INTO \"_complete\" VALUES (?, ?)",
                       (const char *const[]){name, about->complete[i], NULL}, problems);
    }
    return good;
}

bool registers_file_write(struct registers_file *file, const struct grid *grid, bool list,
                          const struct register_about *about, struct problems *problems) {
    sqlite3_stmt *statement = replace_table(file, grid->kind, list, problems);
    struct buffer name = {0};
    bool good;

    if (statement == NULL || !insert_rows(file, statement, grid, problems)) {
        return false;
    }
    buffer_printf(&name, "%s%s", prefix_of(list), grid->kind->name);
    good = write_about(file, name.bytes, about, problems);
    buffer_free(&name);
    return good;
}
