#!/usr/bin/env python3
"""Asks so many times a second, whether earlier requests are answered or not, and counts from the
moment a request was due: who waits for a server that stands still is counted as waiting.

    replace_traffic.py BASE KEY RATE SECONDS NAME
"""

import http.client
import json
import random
import sys
import threading
import time
import urllib.parse

BASE, KEY, NAME = sys.argv[1], sys.argv[2], sys.argv[5]
RATE, SECONDS = int(sys.argv[3]), float(sys.argv[4])
CUSTOMERS = 500
WORKERS = 32
NODE = urllib.parse.urlsplit(BASE).netloc
HEADERS = {"Authorization": "Bearer " + KEY, "Content-Type": "application/json"}


def purchase(number):
    return {
        "topic": "purchase.completed",
        "source": "till",
        "key": f"{NAME}-{number}",
        "customer": {"source": "till", "id": str(number % CUSTOMERS)},
        "data": {"orderId": f"{NAME}-{number}", "amount": {"value": "1.00", "currency": "CNY"}},
    }


def asked(number, chance):
    customer = "till:" + str(chance.randrange(CUSTOMERS))
    kind = chance.choices(["core read", "core write", "other", "replaced"], [40, 25, 15, 20])[0]
    if kind == "core read":
        return kind, "GET", "/customers/" + customer, None
    if kind == "core write":
        return kind, "POST", "/events?unknownCustomer=create", purchase(number)
    if kind == "other":
        return kind, "GET", "/hello/greetings/" + customer, None
    return kind, "GET", "/loyalty/accounts/" + customer, None


class Worker(threading.Thread):
    def __init__(self, begin, due):
        super().__init__()
        self.begin, self.due, self.connection = begin, due, None
        self.seen = []

    def run(self):
        for number in self.due:
            kind, method, path, body = asked(number, random.Random(number))
            at = self.begin + number / RATE
            time.sleep(max(0.0, at - time.monotonic()))
            status = self.call(method, path, body)
            self.seen.append((kind, time.monotonic() - at, status))

    def call(self, method, path, body):
        # A connection that the server has closed meanwhile is no failed request.
        for attempt in (1, 2):
            fresh = self.connection is None
            try:
                if fresh:
                    self.connection = http.client.HTTPConnection(NODE, timeout=20)
                text = None if body is None else json.dumps(body)
                self.connection.request(method, "/api/v1" + path, text, HEADERS)
                answer = self.connection.getresponse()
                answer.read()
                return answer.status
            except (OSError, http.client.HTTPException) as failure:
                self.connection = None
                if fresh or attempt == 2:
                    return type(failure).__name__


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000


begin = time.monotonic() + 0.2
workers = [Worker(begin, range(w, int(RATE * SECONDS), WORKERS)) for w in range(WORKERS)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
seen = [one for worker in workers for one in worker.seen]
print(f"{NAME + ', ms':24} {'requests':>9} {'failed':>7} {'p50':>8} {'p99':>8} {'max':>8}")
for kind in ("core read", "core write", "other", "replaced"):
    took = [t for k, t, _ in seen if k == kind]
    failed = [s for k, _, s in seen if k == kind and s not in (200, 201)]
    print(
        f"{kind:24} {len(took):9} {len(failed):7}"
        f" {percentile(took, 0.5):8.1f} {percentile(took, 0.99):8.1f} {max(took) * 1000:8.1f}"
    )
    for status in sorted({str(s) for s in failed}):
        print(f"  {status}: {sum(str(s) == status for s in failed)}")
