"""Compares points worked out from a file with what the server says of each customer."""

import http.client
import json
import threading
import urllib.parse

AT_ONCE = 4


def compare(points, source, base, key):
    """Prints how many balances are wrong, and answers whether none is.

    points: by the customer's id within the source
    """
    ids = sorted(points)
    wrong = []

    def ask(part):
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc)
        for customer in part:
            connection.request(
                "GET",
                f"/api/v1/loyalty/accounts/{source}:{customer}",
                headers={"Authorization": "Bearer " + key},
            )
            balance = json.loads(connection.getresponse().read()).get("balance")
            if balance != points[customer]:
                wrong.append((customer, points[customer], balance))

    threads = [threading.Thread(target=ask, args=(ids[i::AT_ONCE],)) for i in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"balances compared: {len(ids):,}, wrong: {len(wrong):,}", *wrong[:3])
    return not wrong
