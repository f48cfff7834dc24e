"""Polls a path over one kept connection at a steady rate and prints one line of figures.

    poll_health.py PORT PATH REQUESTS_PER_SECOND COUNT

Prints `ok FAILED P50 P95 P99 MAX`, the times in microseconds. A plain socket and no garbage
collection: what is measured is the server, and the scheduler.
"""

import gc
import socket
import sys
import time


def poll(connection, request):
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += receive(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(fields[b"content-length"]):
        body += receive(connection)
    return head.startswith(b"HTTP/1.1 200 ")


def receive(connection):
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("closed")
    return data


def main(port, path, rate, count):
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    times, failed = [], 0
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.settimeout(10)
    gc.disable()
    poll(connection, request)
    begin = time.perf_counter()
    for number in range(count):
        time.sleep(max(0.0, begin + number / rate - time.perf_counter()))
        start = time.perf_counter_ns()
        try:
            if not poll(connection, request):
                failed += 1
        except OSError:
            failed += 1
            connection = socket.create_connection(("127.0.0.1", port))
            connection.settimeout(10)
        times.append((time.perf_counter_ns() - start) // 1000)
    times.sort()
    at = [times[(len(times) - 1) * percent // 100] for percent in (50, 95, 99, 100)]
    print("ok", failed, *at)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
