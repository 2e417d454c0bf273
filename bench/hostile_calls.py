#!/usr/bin/env python3
"""Lets a plugin misbehave: four callers, one for each of its threads, call again and again while a
file is there. Prints after how long the plugin was quarantined, if it was.

    hostile_calls.py BASE KEY ACT FILE
"""

import http.client
import json
import os
import sys
import threading
import time
import urllib.parse

BASE, KEY, ACT, GOING = sys.argv[1:5]
NODE = urllib.parse.urlsplit(BASE).netloc


HEADERS = {"Authorization": "Bearer " + KEY}
BEGAN = time.monotonic()


def again_and_again(method, path, pause, on_answer):
    connection = None
    while os.path.exists(GOING):
        if connection is None:
            connection = http.client.HTTPConnection(NODE, timeout=15)
        try:
            connection.request(method, "/api/v1" + path, headers=HEADERS)
            if on_answer(connection.getresponse().read()):
                return
        except (OSError, http.client.HTTPException):
            # Whoever asks while memory is out may be cut off, and asks again.
            connection.close()
            connection = None
        time.sleep(pause)


def misbehave():
    again_and_again("POST", "/hostile/acts/" + ACT, 0.05, lambda answer: False)


def is_quarantined(answer):
    try:
        status = json.loads(answer)
    except ValueError:
        return False
    if status.get("state") != "quarantined":
        return False
    print(f"quarantined after {time.monotonic() - BEGAN:.1f} s: {status.get('reason')}")
    return True


def watch():
    again_and_again("GET", "/plugins/hostile", 0.2, is_quarantined)


callers = [threading.Thread(target=misbehave) for _ in range(4)]
callers.append(threading.Thread(target=watch))
for caller in callers:
    caller.start()
for caller in callers:
    caller.join()
