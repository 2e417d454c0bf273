#!/usr/bin/env python3
"""Waits for the first 200 of /health/ready on a port, asking every few milliseconds without costing
the server its processors; gives up when the process is gone.

    ready.py PORT PID
"""
import os
import socket
import sys
import time

port, pid = int(sys.argv[1]), int(sys.argv[2])
while True:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as asked:
            asked.sendall(b"GET /health/ready HTTP/1.0\r\n\r\n")
            if b" 200" in asked.recv(64):
                break
    except OSError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        sys.exit("it ended before it was ready")
    time.sleep(0.005)
