"""quantulum.py MICROSECONDS FILE...: how long quantulum3 takes for the abstracts of files, against so many a paper."""

import json
import sys
import time

from quantulum3 import parser

LARGEST_SAMPLE = 100


def main() -> None:
    own = float(sys.argv[1])
    abstracts = []
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as lines:
            abstracts += [json.loads(line)["abstract"] for line in lines if line.strip()]
    # Every so-many-th, so that a sample is of all kinds.
    sample = abstracts[:: max(1, len(abstracts) // LARGEST_SAMPLE)]
    parser.parse(sample[0])
    start = time.process_time()
    found = sum(len(parser.parse(abstract)) for abstract in sample)
    microseconds = (time.process_time() - start) / len(sample) * 1e6
    print(f"quantulum3, us a paper      {microseconds:.0f}  ({found} quantities in {len(sample)} papers)")
    print(f"times as fast               {microseconds / own:.0f}")


if __name__ == "__main__":
    main()
