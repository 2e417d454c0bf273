"""Drives the mixed load of points.sh: 8 writers, each with a seed of its own. A request that gets no
answer is sent again, with the same key, to the other node, until there is one."""

import collections
import datetime
import http.client
import json
import random
import sys
import threading
import time
import urllib.parse

OPERATIONS, KEY, TOLD = int(sys.argv[1]), sys.argv[2], sys.argv[3]
NODES = [urllib.parse.urlsplit(node).netloc for node in sys.argv[4:]]
WRITERS = 8
OTHERS = 1_000
DAY = datetime.timedelta(days=1)

told = []
answers = collections.Counter()
lock = threading.Lock()


class Writer:
    def __init__(self, number):
        self.number = number
        self.random = random.Random(20_261_126 + number)
        self.connections = {}
        self.sent = 0
        self.orders = []
        self.holds = []

    def call(self, path, body, key):
        node = self.random.randrange(len(NODES))
        while True:
            try:
                connection = self.connections.get(node)
                if connection is None:
                    connection = http.client.HTTPConnection(NODES[node], timeout=15)
                    self.connections[node] = connection
                headers = {"Authorization": "Bearer " + KEY, "Content-Type": "application/json"}
                if key:
                    headers["Idempotency-Key"] = key
                text = None if body is None else json.dumps(body)
                connection.request("POST", "/api/v1" + path, text, headers)
                answer = connection.getresponse()
                status, content = answer.status, json.loads(answer.read() or "{}")
                if status < 429 and content.get("code") != "inProgress":
                    return status, content
            except (OSError, http.client.HTTPException, ValueError):
                self.connections.pop(node, None)
            node = (node + 1) % len(NODES)
            time.sleep(0.05)

    def run(self, count):
        for _ in range(count):
            self.sent += 1
            self.step(f"w{self.number}-{self.sent}")

    def step(self, key):
        hot = self.random.random() < 0.3
        customer = "hot" if hot else str(self.random.randrange(OTHERS))
        kind = self.random.choices(
            ["earn", "spend", "hold", "decide", "refund"], [30, 30, 12, 13, 15]
        )[0]
        status = getattr(self, kind)(key, customer)
        with lock:
            answers[kind, status] += 1

    def tell(self, kind, key):
        with lock:
            told.append((kind, key))

    def event(self, topic, key, customer, when, data):
        body = {
            "topic": topic,
            "source": "load",
            "key": key,
            "customer": {"source": "load", "id": customer},
            "occurredAt": when.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "data": data,
        }
        return self.call("/events?unknownCustomer=create", body, None)[0]

    def earn(self, key, customer):
        # Some are so old that their points expire at once, some not at all during the run.
        age = self.random.choice([0, 0, 0, 10, 29, 32, 40])
        when = datetime.datetime.now(datetime.timezone.utc) - age * DAY
        amount = self.random.randrange(1, 30)
        data = {"orderId": key, "amount": {"value": f"{amount}.00", "currency": "CNY"}}
        status = self.event("purchase.completed", key, customer, when, data)
        self.orders.append((key, customer, amount))
        self.tell("earn", key)
        return status

    def refund(self, key, customer):
        if not self.orders:
            return "none"
        order, customer, amount = self.random.choice(self.orders)
        part = self.random.randrange(1, amount + 1)
        data = {
            "refundId": key,
            "orderId": order,
            "amount": {"value": f"{part}.00", "currency": "CNY"},
        }
        now = datetime.datetime.now(datetime.timezone.utc)
        status = self.event("purchase.refunded", key, customer, now, data)
        self.tell("refund", key)
        return status

    def spend(self, key, customer):
        body = {"points": self.random.randrange(1, 15), "reason": key}
        status, _ = self.call(f"/loyalty/accounts/load:{customer}/redemptions", body, key)
        if status == 201:
            self.tell("spend", key)
        return status

    def hold(self, key, customer):
        body = {"points": self.random.randrange(1, 10), "note": key}
        status, answer = self.call(f"/loyalty/accounts/load:{customer}/holds", body, key)
        if status == 201:
            self.holds.append(answer["id"])
            self.tell("hold", key)
        return status

    def decide(self, key, customer):
        if not self.holds:
            return "none"
        hold = self.holds.pop(self.random.randrange(len(self.holds)))
        verb = self.random.choice(["capture", "release"])
        status, _ = self.call(f"/loyalty/holds/{hold}/{verb}", None, key)
        if status == 200:
            self.tell(verb, hold)
        return status


def first_purchases():
    """Everybody has some points to begin with."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    lines = []
    for customer in ["hot", *map(str, range(OTHERS))]:
        amount = {"value": "5000.00" if customer == "hot" else "20.00", "currency": "CNY"}
        lines.append(
            {
                "topic": "purchase.completed",
                "source": "load",
                "key": f"first-{customer}",
                "customer": {"source": "load", "id": customer},
                "occurredAt": now,
                "data": {"orderId": f"first-{customer}", "amount": amount},
            }
        )
    connection = http.client.HTTPConnection(NODES[0], timeout=300)
    connection.request(
        "POST",
        "/api/v1/events?unknownCustomer=create",
        "\n".join(map(json.dumps, lines)),
        {"Authorization": "Bearer " + KEY, "Content-Type": "application/x-ndjson"},
    )
    assert connection.getresponse().read().count(b'"recorded"') == len(lines)


first_purchases()
writers = [Writer(number) for number in range(WRITERS)]
threads = [
    threading.Thread(target=writer.run, args=(OPERATIONS // WRITERS,)) for writer in writers
]
began = time.monotonic()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"{OPERATIONS:,} things in {time.monotonic() - began:.1f} s; answers:")
for (kind, status), number in sorted(answers.items(), key=str):
    print(f"    {kind:8} {status} {number:7,}")
with open(TOLD, "w") as out:
    out.writelines(f"{kind}\t{key}\n" for kind, key in told)
