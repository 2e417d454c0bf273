"""Works the points out of the CDNOW file, one per whole dollar of each purchase, and compares them
with what the server says of each customer."""

import collections
import gzip
import sys

import balances

FILE, BASE, KEY = sys.argv[1:]

points = collections.Counter()
rows = 0
cents = 0
with (gzip.open if FILE.endswith(".gz") else open)(FILE, "rt") as lines:
    next(lines)
    for line in lines:
        customer, _, _, amount = line.split()
        whole, _, fraction = amount.partition(".")
        points[customer] += int(whole)
        cents += int(whole) * 100 + int(fraction.ljust(2, "0"))
        rows += 1

print(f"\nfile: {len(points):,} customers, {rows:,} rows, {cents / 100:,.2f} USD, {points.total():,} points")
sys.exit(0 if balances.compare(points, "cdnow", BASE, KEY) else 1)
