#include "schema.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char create_names[] = {
#embed "migrations/0001_create_names.sql"
};
static const unsigned char create_papers[] = {
#embed "migrations/0002_create_papers.sql"
};
static const unsigned char create_records[] = {
#embed "migrations/0003_create_records.sql"
};
static const unsigned char create_boards[] = {
#embed "migrations/0004_create_boards.sql"
};
static const unsigned char create_history[] = {
#embed "migrations/0005_create_history.sql"
};
static const unsigned char create_record_states[] = {
#embed "migrations/0006_create_record_states.sql"
};
static const unsigned char create_record_changes[] = {
#embed "migrations/0007_create_record_changes.sql"
};
static const unsigned char create_accounts[] = {
#embed "migrations/0008_create_accounts.sql"
};
static const unsigned char create_append_log_entry[] = {
#embed "migrations/0009_create_append_log_entry.sql"
};
static const unsigned char create_credentials[] = {
#embed "migrations/0010_create_credentials.sql"
};
static const unsigned char create_idempotency_keys[] = {
#embed "migrations/0011_create_idempotency_keys.sql"
};
static const unsigned char create_change_signals[] = {
#embed "migrations/0025_create_change_signals.sql"
};

#define MIGRATION(number, name) {#number "_" #name ".sql", name, sizeof name}

static const claimboard_migration migrations[] = {
    MIGRATION(0001, create_names),
    MIGRATION(0002, create_papers),
    MIGRATION(0003, create_records),
    MIGRATION(0004, create_boards),
    MIGRATION(0005, create_history),
    MIGRATION(0006, create_record_states),
    MIGRATION(0007, create_record_changes),
    MIGRATION(0008, create_accounts),
    MIGRATION(0009, create_append_log_entry),
    MIGRATION(0010, create_credentials),
    MIGRATION(0011, create_idempotency_keys),
    MIGRATION(0025, create_change_signals),
};

size_t claimboard_migration_count(void) {
    return sizeof migrations / sizeof *migrations;
}

claimboard_migration claimboard_migration_at(size_t position) {
    return migrations[position];
}
