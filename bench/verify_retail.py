"""Works the points out of the Online Retail file, one per whole pound of each invoice, less one per
whole pound of each cancellation, and compares them with what the server says of each customer."""

import collections
import csv
import decimal
import gzip
import sys

import balances

FILE, BASE, KEY = sys.argv[1:]
PENNY = decimal.Decimal("0.01")

invoices = collections.defaultdict(decimal.Decimal)
left_out = 0
with gzip.open(FILE, "rt", newline="") as lines:
    for row in csv.DictReader(lines):
        if not row["CustomerID"]:
            left_out += 1
            continue
        exact = decimal.Decimal(row["Quantity"]) * decimal.Decimal(row["UnitPrice"])
        pence = exact.quantize(PENNY, decimal.ROUND_HALF_UP)
        invoices[int(float(row["CustomerID"])), row["InvoiceNo"]] += pence

points = collections.Counter()
for (customer, invoice), amount in invoices.items():
    if invoice.startswith("C"):
        points[customer] -= int(-amount)
    else:
        points[customer] += int(amount)

print(f"file: {len(points):,} customers, {len(invoices):,} invoices, {left_out:,} rows without a customer")
print(f"points: {sum(points.values()):,}, customers below zero: {sum(p < 0 for p in points.values())}")
sys.exit(0 if balances.compare(points, "onlineRetail", BASE, KEY) else 1)
