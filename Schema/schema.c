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
static const unsigned char create_corrections[] = {
#embed "migrations/0013_create_corrections.sql"
};
static const unsigned char create_correctable_fields[] = {
#embed "migrations/0014_create_correctable_fields.sql"
};
static const unsigned char create_change_recording[] = {
#embed "migrations/0015_create_change_recording.sql"
};
static const unsigned char create_former_texts[] = {
#embed "migrations/0016_create_former_texts.sql"
};
static const unsigned char create_snapshots[] = {
#embed "migrations/0019_create_snapshots.sql"
};
static const unsigned char create_board_history[] = {
#embed "migrations/0020_create_board_history.sql"
};
static const unsigned char create_change_index[] = {
#embed "migrations/0021_create_change_index.sql"
};
static const unsigned char index_claims[] = {
#embed "migrations/0022_index_claims.sql"
};
static const unsigned char create_change_signals[] = {
#embed "migrations/0025_create_change_signals.sql"
};
static const unsigned char create_paper_queue[] = {
#embed "migrations/0026_create_paper_queue.sql"
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
    MIGRATION(0013, create_corrections),
    MIGRATION(0014, create_correctable_fields),
    MIGRATION(0015, create_change_recording),
    MIGRATION(0016, create_former_texts),
    MIGRATION(0019, create_snapshots),
    MIGRATION(0020, create_board_history),
    MIGRATION(0021, create_change_index),
    MIGRATION(0022, index_claims),
    MIGRATION(0025, create_change_signals),
    MIGRATION(0026, create_paper_queue),
};

size_t claimboard_migration_count(void) {
    return sizeof migrations / sizeof *migrations;
}

claimboard_migration claimboard_migration_at(size_t position) {
    return migrations[position];
}
