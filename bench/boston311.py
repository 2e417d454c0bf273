"""Brings half a year of the 311 calls of Boston in as complaints of the past, with the due time that
the city set, and compares our verdict on every closed one with the city's, which is not imported.

  boston311.py boston_311_2015_jan-jun.csv.gz http://127.0.0.1:8080 KEY

The key needs complaints:backdate and complaints:read. Calls that are in already are not brought in
again, so it may be repeated.
"""

import collections
import csv
import datetime
import gzip
import http.client
import json
import sys
import time as pause
import urllib.parse
import zoneinfo

FILE, BASE, KEY = sys.argv[1:]
LINES_PER_CALL = 1_000
ATTEMPTS_MAX = 10
ZONE = zoneinfo.ZoneInfo("America/New_York")
CHANNELS = {
    "Constituent Call": "phone",
    "Citizens Connect App": "web",
    "City Worker App": "web",
    "Self Service": "web",
    "Twitter": "social",
}

connection = http.client.HTTPConnection(urllib.parse.urlsplit(BASE).netloc, timeout=300)


def call(method, path, body=None, kind="application/json"):
    headers = {"Authorization": "Bearer " + KEY, "Content-Type": kind}
    connection.request(method, "/api/v1/complaints" + path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status >= 300:
        sys.exit(f"{method} {path}: {answer.status} {text}")
    return text


def time(text):
    if not text:
        return None
    local = datetime.datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p")
    return local.replace(tzinfo=ZONE).astimezone(datetime.timezone.utc)


def written(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def case(row):
    opened, target, closed = (time(row[at]) for at in ("OPEN_DT", "TARGET_DT", "CLOSED_DT"))
    # Two clocks of the city differ by seconds: some calls were closed before they were opened.
    received = min(opened, closed) if closed else opened
    # The city gives out a number at once.
    steps = [{"to": "acknowledged", "occurredAt": written(received)}]
    if closed:
        note = "Closed by the city"
        steps.append({"to": "resolved", "occurredAt": written(closed), "note": note})
        steps.append({"to": "closed", "occurredAt": written(closed)})
    draft = {
        "reference": row["CASE_ENQUIRY_ID"],
        "channel": CHANNELS.get(row["Source"], "other"),
        "subject": row["CASE_TITLE"] if row["CASE_TITLE"].strip() else row["TYPE"],
        "text": row["TYPE"] + ", " + row["Location"],
        "queue": row["QUEUE"],
        "receivedAt": written(received),
        "steps": steps,
    }
    if target:
        draft["dueAt"] = written(target)
    return draft


city = {}
status = collections.Counter()


def send(lines):
    """Sends lines until each has its answer: a busy server refuses some for the moment."""
    for attempt in range(ATTEMPTS_MAX):
        pause.sleep(attempt)
        again = []
        body = "\n".join(lines).encode()
        answers = call("POST", "/cases/import", body, "application/x-ndjson").splitlines()
        for line, answer in zip(lines, map(json.loads, answers)):
            if answer["status"] != "refused":
                status[answer["status"]] += 1
            elif answer["problem"]["status"] == 503:
                again.append(line)
            else:
                sys.exit(f"refused: {answer}")
        lines = again
        if not lines:
            return
    sys.exit("the server has no room for more now; run this again later")


with gzip.open(FILE, "rt", newline="") as file:
    lines = []
    for row in csv.DictReader(file):
        if row["TARGET_DT"] and row["CLOSED_DT"] and row["OnTime_Status"]:
            city[row["CASE_ENQUIRY_ID"]] = row["OnTime_Status"]
        lines.append(json.dumps(case(row)))
        if len(lines) == LINES_PER_CALL:
            send(lines)
            lines = []
    if lines:
        send(lines)
print("brought in:", dict(status))

ours = {}
after = ""
while after is not None:
    page = json.loads(call("GET", "/cases?limit=200" + after))
    for each in page["items"]:
        if each.get("reference") in city:
            state = each["resolution"]["state"]
            ours[each["reference"]] = {"met": "ONTIME", "breached": "OVERDUE"}.get(state, state)
    after = "&after=" + page["next"] if page["next"] else None
print("ours:", dict(collections.Counter(ours.values())))
print("the city's:", dict(collections.Counter(city.values())))
wrong = [number for number in city if ours.get(number) != city[number]]
print("different:", len(wrong))
sys.exit(1 if wrong else 0)
