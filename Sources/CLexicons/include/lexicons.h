#pragma once
#include <stddef.h>

// A data file that the compiler has put into the binary. `bytes` is not terminated.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} claimboard_lexicon;

// data/metrics.tsv: the metrics that papers report: slug, name, direction, unit, aliases.
claimboard_lexicon claimboard_lexicon_metrics(void);
// data/benchmarks.tsv: names of benchmarks: name, aliases, whether the name is also a common word.
claimboard_lexicon claimboard_lexicon_benchmarks(void);
// data/words.tsv: words with the classes that the extraction rules know them by.
claimboard_lexicon claimboard_lexicon_words(void);
// data/names.tsv: words that tell names of benchmarks and models from other words, in the form of words.tsv.
claimboard_lexicon claimboard_lexicon_names(void);
// data/statements.tsv: words of statements about the state of the art, sizes and links, in the form of words.tsv.
claimboard_lexicon claimboard_lexicon_statements(void);
// data/units.tsv: the printed units: the plain singular form, and the forms in texts.
claimboard_lexicon claimboard_lexicon_units(void);
// data/weights.tsv: the weights of the trained choices, written by train-extraction.
claimboard_lexicon claimboard_lexicon_weights(void);
// data/name-weights.tsv: the weights of the model of names, written by train-extraction.
claimboard_lexicon claimboard_lexicon_name_weights(void);
