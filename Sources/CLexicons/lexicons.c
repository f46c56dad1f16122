#include "lexicons.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define LEXICON(name)                                                   \
    claimboard_lexicon claimboard_lexicon_##name(void) {                \
        return (claimboard_lexicon){name##_bytes, sizeof name##_bytes}; \
    }

static const unsigned char metrics_bytes[] = {
#embed "data/metrics.tsv"
};
LEXICON(metrics)

static const unsigned char benchmarks_bytes[] = {
#embed "data/benchmarks.tsv"
};
LEXICON(benchmarks)

static const unsigned char words_bytes[] = {
#embed "data/words.tsv"
};
LEXICON(words)

static const unsigned char names_bytes[] = {
#embed "data/names.tsv"
};
LEXICON(names)

static const unsigned char statements_bytes[] = {
#embed "data/statements.tsv"
};
LEXICON(statements)

static const unsigned char units_bytes[] = {
#embed "data/units.tsv"
};
LEXICON(units)

static const unsigned char weights_bytes[] = {
#embed "data/weights.tsv"
};
LEXICON(weights)

static const unsigned char name_weights_bytes[] = {
#embed "data/name-weights.tsv"
};
LEXICON(name_weights)
