#include "batch/ledger.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/time.h"
#include "batch/claims.h"
#include "batch/ledger-schema.h"
#include "batch/review-message.h"
#include "reference/registers.h"

#include <sqlite3.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum statement {
    ADD_BUNDLE,
    ADD_REVIEW,
    ADD_CLAIM,
    ADD_CLEARANCE,
    ADD_FINDING,
    REPLACE,
    FIND_OWN,
    FIND_KNOWN,
    DROP_FINDINGS,
    DROP_CLAIMS,
    STATEMENTS,
};

static const char *const texts[STATEMENTS] = {
    [ADD_BUNDLE] = "INSERT OR REPLACE INTO bundle(run, ordinal, name, digest, outcome, reason, output, line) "
                   "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [ADD_REVIEW] = "INSERT OR REPLACE INTO review(run, ordinal, kept) VALUES(?1, ?2, ?3)",
    [ADD_CLAIM] = "INSERT INTO claim(run, ordinal, register, key, amount, granted) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
    [ADD_CLEARANCE] =
        "INSERT OR REPLACE INTO clearance(run, ordinal, digest, decision, released, mrn, lrn, accepted, office, "
        "exit_office, exporter, declarant, agent, consignee, consignee_country, destination, incoterm, "
        "regime, method, currency, packages, loading_port, route) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, "
        "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
    [ADD_FINDING] = "INSERT INTO finding(clearance, rule, severity, state) VALUES(?1, ?2, ?3, ?4)",
    [REPLACE] = "UPDATE clearance SET replaced = ?1 WHERE id <> ?1 AND replaced IS NULL AND "
                "(digest = ?2 OR (mrn = ?3 AND released IS NULL))",
    [FIND_OWN] = "SELECT kept, line FROM bundle JOIN review USING(run, ordinal) "
                 "WHERE run = ?1 AND ordinal = ?2 AND digest = ?3 AND name = ?4 AND output IN (?5, ?6)",
    [FIND_KNOWN] = "SELECT kept, line FROM bundle JOIN review USING(run, ordinal) JOIN run ON run.id = run "
                   "WHERE digest = ?3 AND name = ?4 AND output IN (?5, ?6) AND knowledge = ?7 AND run.id <> ?1 AND "
                   "coalesce(reason, '') NOT IN ('timeout', 'memory', 'crash') ORDER BY run.id DESC LIMIT 1",
    [DROP_FINDINGS] = "DELETE FROM finding WHERE clearance IN "
                      "(SELECT id FROM clearance WHERE run = ?1 AND ordinal = ?2)",
    [DROP_CLAIMS] = "DELETE FROM claim WHERE run = ?1 AND ordinal = ?2",
};

struct ledger {
    sqlite3 *base;
    sqlite3_stmt *statements[STATEMENTS];
    struct ledger_run run;
    bool changing; /* a transaction is open */
    bool resumed;  /* the run began before: there may be something at its ordinals */
};

static bool complain(struct ledger *ledger, const char *what) {
    (void)fprintf(stderr, "tidewaiter: the ledger %s: %s\n", what, sqlite3_errmsg(ledger->base));
    return false;
}

static bool execute(struct ledger *ledger, const char *text, const char *what) {
    return sqlite3_exec(ledger->base, text, NULL, NULL, NULL) == SQLITE_OK || complain(ledger, what);
}

/* ---- opening ---- */

/* -1: it cannot be read. */
static int number_of(struct ledger *ledger, const char *text) {
    sqlite3_stmt *statement = NULL;
    int number = -1;
    if (sqlite3_prepare_v2(ledger->base, text, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return number;
}

static bool prepare(struct ledger *ledger) {
    (void)sqlite3_db_config(ledger->base, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_busy_timeout(ledger->base, 5000);
    int version = number_of(ledger, "PRAGMA user_version");
    if (number_of(ledger, "SELECT count(*) FROM sqlite_schema") > 0 &&
        number_of(ledger, "SELECT count(*) FROM sqlite_schema WHERE name IN ('run', 'bundle', 'claim')") != 3) {
        (void)fputs("tidewaiter: the ledger is a database of something else; it stays as it is\n", stderr);
        return false;
    }
    /* Pages that many groups change are written to the file itself once, not with every thousand pages of the log. */
    if (!execute(ledger,
                 "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; "
                 "PRAGMA trusted_schema = OFF",
                 "cannot be opened")) {
        return false;
    }
    if (version != 0 && version != LEDGER_VERSION) {
        (void)fprintf(stderr, "tidewaiter: the ledger is of version %d, this program keeps version %d\n", version,
                      LEDGER_VERSION);
        return false;
    }
    if (version == 0 &&
        (!execute(ledger, "BEGIN IMMEDIATE", "cannot be made") || !execute(ledger, ledger_schema, "cannot be made") ||
         !execute(ledger, "COMMIT", "cannot be made"))) {
        return false;
    }
    for (unsigned i = 0; i < STATEMENTS; i++) {
        if (sqlite3_prepare_v3(ledger->base, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &ledger->statements[i], NULL) !=
            SQLITE_OK) {
            return complain(ledger, "is not one of ours");
        }
    }
    return true;
}

struct ledger *ledger_open(const char *path) {
    struct ledger *ledger = fault_malloc(sizeof *ledger);
    *ledger = (struct ledger){0};
    if (sqlite3_open_v2(path, &ledger->base, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK) {
        complain(ledger, "cannot be opened");
        ledger_close(ledger);
        return NULL;
    }
    if (!prepare(ledger)) {
        ledger_close(ledger);
        return NULL;
    }
    return ledger;
}

void ledger_close(struct ledger *ledger) {
    if (!ledger) {
        return;
    }
    for (unsigned i = 0; i < STATEMENTS; i++) {
        (void)sqlite3_finalize(ledger->statements[i]);
    }
    (void)sqlite3_close(ledger->base);
    free(ledger);
}

/* ---- runs ---- */

static void take_text(sqlite3_stmt *statement, int column, char *out, size_t size) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    (void)snprintf(out, size, "%s", text ? text : "");
}

bool ledger_unfinished(struct ledger *ledger, const char *options, struct ledger_run *run) {
    static const char text[] = "SELECT id, clock, knowledge FROM run WHERE id = (SELECT max(id) FROM run) AND "
                               "state IN ('running', 'stopped') AND options = ?1";
    sqlite3_stmt *statement = NULL;
    *run = (struct ledger_run){0};
    if (sqlite3_prepare_v2(ledger->base, text, -1, &statement, NULL) != SQLITE_OK) {
        return complain(ledger, "cannot be read");
    }
    (void)sqlite3_bind_text(statement, 1, options, -1, SQLITE_STATIC);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        run->id = sqlite3_column_int64(statement, 0);
        take_text(statement, 1, run->clock, sizeof run->clock);
        take_text(statement, 2, run->knowledge, sizeof run->knowledge);
    }
    (void)sqlite3_finalize(statement);
    return result == SQLITE_ROW || result == SQLITE_DONE || complain(ledger, "cannot be read");
}

static bool change_run(struct ledger *ledger, const char *text, const char *const *values, size_t count) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(ledger->base, text, -1, &statement, NULL) != SQLITE_OK) {
        return complain(ledger, "cannot be written");
    }
    (void)sqlite3_bind_int64(statement, 1, ledger->run.id);
    for (size_t i = 0; i < count; i++) {
        (void)sqlite3_bind_text(statement, (int)i + 2, values[i], -1, SQLITE_STATIC);
    }
    bool fine = sqlite3_step(statement) == SQLITE_DONE;
    (void)sqlite3_finalize(statement);
    return fine || complain(ledger, "cannot be written");
}

bool ledger_begin(struct ledger *ledger, const char *options, struct ledger_run *run) {
    static const char text[] = "INSERT INTO run(clock, options, knowledge, state) VALUES(?2, ?3, ?4, 'running')";
    const char *values[] = {run->clock, options, run->knowledge};
    if (!execute(ledger, "UPDATE run SET state = 'abandoned' WHERE state IN ('running', 'stopped')",
                 "cannot be written") ||
        !change_run(ledger, text, values, 3)) {
        return false;
    }
    run->id = sqlite3_last_insert_rowid(ledger->base);
    ledger->run = *run;
    return true;
}

bool ledger_resume(struct ledger *ledger, const struct ledger_run *run) {
    ledger->run = *run;
    ledger->resumed = true;
    return change_run(ledger, "UPDATE run SET state = 'running' WHERE id = ?1", NULL, 0);
}

bool ledger_finish(struct ledger *ledger, const char *state, const char *times) {
    return change_run(ledger, "UPDATE run SET state = ?2, times = ?3 WHERE id = ?1", (const char *[]){state, times}, 2);
}

uint64_t ledger_number(const struct ledger *ledger, uint64_t ordinal) {
    return (uint64_t)ledger->run.id << 32 | (ordinal & UINT32_MAX);
}

/* ---- claims of before ---- */

static int32_t day_of(const struct ledger *ledger, int64_t run, const char *clock) {
    struct moment moment;
    bool read = run != ledger->run.id && clock && moment_read(clock, NULL, &moment);
    return read ? moment_day(&moment, NULL) : ANY_DAY;
}

bool ledger_recall(struct ledger *ledger, struct account *account) {
    static const char text[] = "SELECT c.run, c.ordinal, c.register, c.key, c.amount, r.clock, l.mrn, l.digest "
                               "FROM claim c JOIN run r ON r.id = c.run JOIN clearance l ON l.run = c.run AND "
                               "l.ordinal = c.ordinal WHERE c.granted = 1 ORDER BY c.run, c.ordinal, c.rowid";
    sqlite3_stmt *s = NULL;
    int result = sqlite3_prepare_v2(ledger->base, text, -1, &s, NULL);
    while (result == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW) {
        int64_t run = sqlite3_column_int64(s, 0);
        const char *digest = (const char *)sqlite3_column_text(s, 7);
        struct claimant who = {
            .bundle = (uint64_t)run << 32 | (uint64_t)sqlite3_column_int64(s, 1),
            .mrn = (const char *)sqlite3_column_text(s, 6),
            .digest = digest ? digest : "",
        };
        struct claim claim = {
            .reg = (const char *)sqlite3_column_text(s, 2),
            .key = (const char *)sqlite3_column_text(s, 3),
            .amount = (const char *)sqlite3_column_text(s, 4),
        };
        if (claim.reg && claim.key) {
            account_recall(account, &who, &claim, day_of(ledger, run, (const char *)sqlite3_column_text(s, 5)));
        }
    }
    bool fine = result == SQLITE_OK && sqlite3_errcode(ledger->base) == SQLITE_DONE;
    (void)sqlite3_finalize(s);
    return fine || complain(ledger, "cannot be read");
}

/* ---- what is known ---- */

static void bind(sqlite3_stmt *statement, int place, const char *text) {
    (void)(text ? sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC) : sqlite3_bind_null(statement, place));
}

static bool find(struct ledger *ledger, enum statement which, uint64_t ordinal, const struct bundle_input *bundle,
                 struct review *review) {
    sqlite3_stmt *s = ledger->statements[which];
    struct arena *arena = arena_new();
    (void)sqlite3_bind_int64(s, 1, ledger->run.id);
    (void)sqlite3_bind_int64(s, 2, (int64_t)ordinal);
    bind(s, 3, bundle->digest);
    bind(s, 4, bundle->label);
    bind(s, 5, arena_printf(arena, "%s.asice", bundle->name));
    bind(s, 6, arena_printf(arena, "quarantine/%s.json", bundle->name));
    if (which == FIND_KNOWN) {
        bind(s, 7, ledger->run.knowledge);
    }
    bool found = sqlite3_step(s) == SQLITE_ROW &&
                 review_read(sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0), review);
    const char *line = found ? (const char *)sqlite3_column_text(s, 1) : NULL;
    if (line) {
        buffer_string(&review->line, line);
    }
    (void)sqlite3_reset(s);
    (void)sqlite3_clear_bindings(s);
    arena_free(arena);
    return found;
}

enum known ledger_known(struct ledger *ledger, uint64_t ordinal, const struct bundle_input *bundle,
                        struct review *review) {
    if (!*bundle->digest || bundle->reason) {
        return KNOWN_NOT;
    }
    if (ledger->resumed && find(ledger, FIND_OWN, ordinal, bundle, review)) {
        return KNOWN_OF_THIS_RUN;
    }
    return find(ledger, FIND_KNOWN, ordinal, bundle, review) ? KNOWN_OF_BEFORE : KNOWN_NOT;
}

/* ---- writing ---- */

static bool run_statement(struct ledger *ledger, enum statement which) {
    sqlite3_stmt *statement = ledger->statements[which];
    bool fine = sqlite3_step(statement) == SQLITE_DONE;
    fine = fine || complain(ledger, "cannot be written");
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
    return fine;
}

static sqlite3_stmt *bundle_statement(struct ledger *ledger, enum statement which, uint64_t ordinal) {
    sqlite3_stmt *statement = ledger->statements[which];
    (void)sqlite3_bind_int64(statement, 1, ledger->run.id);
    (void)sqlite3_bind_int64(statement, 2, (int64_t)ordinal);
    return statement;
}

static bool add_bundle(struct ledger *ledger, const struct ledger_entry *entry) {
    const struct review *review = entry->review;
    sqlite3_stmt *s = bundle_statement(ledger, ADD_BUNDLE, entry->ordinal);
    bind(s, 3, entry->bundle->label);
    bind(s, 4, *review->digest ? review->digest : NULL);
    bind(s, 5, outcome_name(review->outcome));
    bind(s, 6, review->reason);
    bind(s, 7, entry->output);
    bind(s, 8, review->line.bytes);
    return run_statement(ledger, ADD_BUNDLE);
}

/* All of it but what lies in files or in the bundle's own row, or belongs to one format of stdout. */
static bool add_review(struct ledger *ledger, const struct ledger_entry *entry) {
    struct review kept = *entry->review;
    struct buffer bytes = {0};
    kept.line = kept.container = kept.declarant = kept.piece = (struct buffer){0};
    memset(kept.pages, 0, sizeof kept.pages);
    review_write(&bytes, &kept);
    sqlite3_stmt *s = bundle_statement(ledger, ADD_REVIEW, entry->ordinal);
    (void)sqlite3_bind_blob64(s, 3, bytes.bytes, bytes.length, SQLITE_STATIC);
    bool fine = run_statement(ledger, ADD_REVIEW);
    buffer_free(&bytes);
    return fine;
}

enum granted { CLAIM_REFUSED = 0, CLAIM_GRANTED = 1, CLAIM_BINDS_NOTHING = -1 };

static bool add_claim(struct ledger *ledger, uint64_t ordinal, const struct claim *claim, enum granted granted) {
    sqlite3_stmt *s = bundle_statement(ledger, ADD_CLAIM, ordinal);
    bind(s, 3, claim->reg);
    bind(s, 4, claim->key);
    bind(s, 5, claim->amount);
    (void)(granted == CLAIM_BINDS_NOTHING ? sqlite3_bind_null(s, 6) : sqlite3_bind_int(s, 6, granted));
    return run_statement(ledger, ADD_CLAIM);
}

static bool add_claims(struct ledger *ledger, const struct ledger_entry *entry) {
    bool fine = true;
    for (size_t i = 0; i < entry->refused_count && fine; i++) {
        fine = add_claim(ledger, entry->ordinal, &entry->refused[i], CLAIM_REFUSED);
    }
    for (size_t i = 0; i < entry->review->claim_count && fine; i++) {
        fine = add_claim(ledger, entry->ordinal, &entry->review->claims[i],
                         entry->binds ? CLAIM_GRANTED : CLAIM_BINDS_NOTHING);
    }
    return fine;
}

static bool add_findings(struct ledger *ledger, int64_t clearance, const struct review *review) {
    sqlite3_stmt *s = ledger->statements[ADD_FINDING];
    bool fine = true;
    for (size_t i = 0; i < review->judged_count && fine; i++) {
        (void)sqlite3_bind_int64(s, 1, clearance);
        bind(s, 2, review->judged[i].rule);
        bind(s, 3, review->judged[i].severity);
        bind(s, 4, review->judged[i].state);
        fine = run_statement(ledger, ADD_FINDING);
    }
    return fine;
}

static bool add_clearance(struct ledger *ledger, const struct ledger_entry *entry) {
    const struct review *review = entry->review;
    sqlite3_stmt *s = bundle_statement(ledger, ADD_CLEARANCE, entry->ordinal);
    bind(s, 3, review->digest);
    bind(s, 4, outcome_name(review->outcome));
    bind(s, 5, review_released(review) ? ledger->run.clock : NULL);
    for (int i = 0; i < REVIEW_FACTS; i++) {
        bind(s, 6 + i, review->facts[i]);
    }
    if (!run_statement(ledger, ADD_CLEARANCE)) {
        return false;
    }
    int64_t id = sqlite3_last_insert_rowid(ledger->base);
    sqlite3_stmt *replace = ledger->statements[REPLACE];
    (void)sqlite3_bind_int64(replace, 1, id);
    bind(replace, 2, review->digest);
    bind(replace, 3, review->facts[REVIEW_MRN]);
    return run_statement(ledger, REPLACE) && add_findings(ledger, id, review);
}

/* What stands at an ordinal of a run that was killed, and is not what the inputs hold now; rarely anything. */
static bool drop(struct ledger *ledger, uint64_t ordinal) {
    if (!ledger->resumed) {
        return true;
    }
    (void)bundle_statement(ledger, DROP_FINDINGS, ordinal);
    (void)bundle_statement(ledger, DROP_CLAIMS, ordinal);
    return run_statement(ledger, DROP_FINDINGS) && run_statement(ledger, DROP_CLAIMS);
}

bool ledger_add(struct ledger *ledger, const struct ledger_entry *entry) {
    if (!ledger->changing) {
        ledger->changing = execute(ledger, "BEGIN IMMEDIATE", "cannot be written");
    }
    if (!ledger->changing || !drop(ledger, entry->ordinal) || !add_bundle(ledger, entry) ||
        (!entry->known && !add_review(ledger, entry))) {
        return false;
    }
    bool judged = !entry->known && entry->review->outcome != OUTCOME_QUARANTINE;
    return !judged || (add_clearance(ledger, entry) && add_claims(ledger, entry));
}

bool ledger_commit(struct ledger *ledger) {
    if (ledger->changing) {
        ledger->changing = false;
        return execute(ledger, "COMMIT", "cannot be written");
    }
    return true;
}
