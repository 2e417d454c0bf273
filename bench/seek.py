#!/usr/bin/env python3
"""Runs searches one after the other over one connection and prints how long they took.

    seek.py BASE KEY QUERIES TITLE
"""
import collections
import http.client
import json
import sys
import time
import urllib.parse

base, key, queries, title = sys.argv[1:]
connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc)
taken = collections.defaultdict(list)
found = collections.Counter()
for number, line in enumerate(open(queries, encoding="utf-8")):
    kind, text = line.rstrip("\n").split("\t")
    path = "/api/v1/customers?" + urllib.parse.urlencode(
        {"q": text, "sort": "-createdAt" if number % 2 else "createdAt", "limit": 50})
    began = time.perf_counter()
    connection.request("GET", path, headers={"Authorization": "Bearer " + key})
    answer = connection.getresponse()
    body = answer.read()
    took = (time.perf_counter() - began) * 1000
    if answer.status != 200:
        sys.exit("%s: %d %s" % (path, answer.status, body[:200]))
    found[kind] += len(json.loads(body)["items"])
    for each in (kind, "all"):
        taken[each].append(took)

print("%-24s %8s %8s %8s %8s %8s %10s" % (title + ", ms", "queries", "p50", "p95", "p99", "max", "found"))
for kind, times in taken.items():
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))]
    print("%-24s %8d %8.2f %8.2f %8.2f %8.2f %10s" % (
        kind, len(times), at(0.5), at(0.95), at(0.99), times[-1], found[kind] or ""))
print()
