"""Works the points out of the Online Retail file, one per whole pound of each invoice, less one per
whole pound of each cancellation, and compares them with what the server says of each customer."""

import collections
import csv
import decimal
import gzip
import http.client
import json
import sys
import threading
import urllib.parse

FILE, BASE, KEY = sys.argv[1:]
AT_ONCE = 4
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

ids = sorted(points)
wrong = []


def compare(part):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(BASE).netloc)
    for customer in part:
        connection.request(
            "GET",
            f"/api/v1/loyalty/accounts/onlineRetail:{customer}",
            headers={"Authorization": "Bearer " + KEY},
        )
        balance = json.loads(connection.getresponse().read()).get("balance")
        if balance != points[customer]:
            wrong.append((customer, points[customer], balance))


threads = [threading.Thread(target=compare, args=(ids[i::AT_ONCE],)) for i in range(AT_ONCE)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(f"file: {len(ids):,} customers, {len(invoices):,} invoices, {left_out:,} rows without a customer")
print(f"points: {sum(points.values()):,}, customers below zero: {sum(p < 0 for p in points.values())}")
print(f"balances compared: {len(ids):,}, wrong: {len(wrong):,}", *wrong[:3])
sys.exit(1 if wrong else 0)
