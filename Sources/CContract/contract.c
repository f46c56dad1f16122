#include "contract.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char contract_bytes[] = {
#embed "../../openapi.yaml"
};

claimboard_file claimboard_contract(void) {
    return (claimboard_file){contract_bytes, sizeof contract_bytes};
}
