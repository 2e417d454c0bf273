"""What bench/places.sh sends: fences, customers with consent, and their tracks."""
import collections
import concurrent.futures
import datetime
import gzip
import http.client
import json
import random
import sys
import threading
import urllib.parse

CIRCLES = 12
TRACK_SECONDS = 170


def check_ins(path):
    """By user, the oldest first: the file has the latest first."""
    tracks = collections.defaultdict(list)
    with gzip.open(path, "rt") as lines:
        for line in lines:
            user, at, lat, lon, _ = line.rstrip("\n").split("\t")
            tracks[user].append((at, float(lat), float(lon)))
    for track in tracks.values():
        track.sort()
    return tracks


class Api:
    """One kept connection per thread."""

    def __init__(self, base, key):
        self.host = urllib.parse.urlsplit(base).netloc
        self.headers = {"Authorization": "Bearer " + key, "Content-Type": "application/json"}
        self.local = threading.local()

    def post(self, path, body, kind="application/json"):
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPConnection(self.host)
        text = body if isinstance(body, str) else json.dumps(body)
        headers = dict(self.headers, **{"Content-Type": kind})
        self.local.connection.request("POST", "/api/v1" + path, text, headers)
        answer = self.local.connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            sys.exit("%s: %d %s" % (path, answer.status, content[:500]))
        return content


def prepare(base, key, areas, checkins):
    api = Api(base, key)
    with gzip.open(areas, "rt") as file:
        for feature in json.load(file)["features"]:
            shape = {"area": feature["geometry"]}
            api.post("/places/fences", {"name": feature["properties"]["name"], "shape": shape})
    chance = random.Random(1)
    for n in range(CIRCLES):
        circle = {"lat": chance.uniform(40.6, 40.85), "lon": chance.uniform(-74.1, -73.8), "radiusMeters": 400}
        api.post("/places/fences", {"name": "Circle %d" % n, "shape": {"circle": circle}})
    users = list(check_ins(checkins))
    lines = [json.dumps({"id": user, "kind": "person", "name": "Visitor " + user}) for user in users]
    ids = [json.loads(line) for line in api.post(
        "/customers/external/gowalla", "\n".join(lines), "application/x-ndjson").splitlines()]
    yes = {"purpose": "location.precise", "textVersion": "bench"}
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda user: api.post("/customers/gowalla:%s/consents" % user, yes), users))
    print("%d customers, %d fences" % (len(ids), 188 + CIRCLES))


def tracks(checkins, begin, turn):
    """Each track squeezed into a few minutes after the last round's; the users take turns."""
    out = []
    for user, track in check_ins(checkins).items():
        for n, (_, lat, lon) in enumerate(track):
            seconds = TRACK_SECONDS * (turn + (n + 1) / (len(track) + 1))
            moment = datetime.datetime.fromtimestamp(begin + seconds, datetime.timezone.utc)
            out.append((seconds, json.dumps({
                "customer": {"source": "gowalla", "id": user}, "lat": lat, "lon": lon,
                "accuracyMeters": 20, "observedAt": moment.isoformat(timespec="milliseconds")})))
    out.sort()
    sys.stdout.write("".join(line + "\n" for _, line in out))


def count(answers):
    outcomes = collections.Counter()
    with open(answers) as lines:
        for line in lines:
            answer = json.loads(line)
            outcomes[answer.get("reason") or answer.get("outcome") or answer.get("status")] += 1
    print("  " + ", ".join("%s %d" % each for each in outcomes.most_common()))


if __name__ == "__main__":
    {"prepare": lambda: prepare(*sys.argv[2:6]),
     "tracks": lambda: tracks(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])),
     "count": lambda: count(sys.argv[2])}[sys.argv[1]]()
