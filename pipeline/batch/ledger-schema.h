/* The tables of the ledger (CATALOGUE-B 5.1), as one script of SQL. */
#ifndef TW_BATCH_LEDGER_SCHEMA_H
#define TW_BATCH_LEDGER_SCHEMA_H

enum { LEDGER_VERSION = 1 }; /* PRAGMA user_version */
extern const char ledger_schema[];

#endif
