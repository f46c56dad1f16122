#pragma once
#include <stddef.h>

// One migration: its file name and its SQL, put into the binary by the compiler. `bytes` is not terminated.
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t count;
} claimboard_migration;

// How many migrations there are.
size_t claimboard_migration_count(void);
// The migration at a position, in the order in which they are applied; position < claimboard_migration_count().
claimboard_migration claimboard_migration_at(size_t position);
