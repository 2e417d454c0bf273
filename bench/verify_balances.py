"""Works the points out of the CDNOW file, one per whole dollar of each purchase, and compares them
with what the server says of each customer."""

import collections
import gzip
import http.client
import json
import sys
import threading
import urllib.parse

FILE, BASE, KEY = sys.argv[1:]
AT_ONCE = 4

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

ids = sorted(points)
wrong = []


def compare(part):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(BASE).netloc)
    for customer in part:
        connection.request(
            "GET",
            "/api/v1/loyalty/accounts/cdnow:" + customer,
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

print(f"\nfile: {len(ids):,} customers, {rows:,} rows, {cents / 100:,.2f} USD, {points.total():,} points")
print(f"balances compared: {len(ids):,}, wrong: {len(wrong):,}", *wrong[:3])
sys.exit(1 if wrong else 0)
