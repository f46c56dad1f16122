#pragma once
#include <stddef.h>

// A file that the compiler has put into the binary. `bytes` is not terminated.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} claimboard_file;

// openapi.yaml: the contract of the API.
claimboard_file claimboard_contract(void);
