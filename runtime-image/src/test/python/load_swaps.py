"""Asks for swaps without pause over some connections, until its input ends.

    load_swaps.py PORT CONNECTIONS SOURCE TARGET

One process of the lowest priority, that builds its request once and looks at no more of an answer than its
status and length: it keeps the queue full and leaves the machine to the server and to whoever measures it.
"""

import os
import socket
import sys
import threading
import time

BOUNDARY = b"swap-after-swap"
REFUSED_PAUSE = 0.1


def part(name, content):
    head = b'Content-Disposition: form-data; name="%s"; filename="x"' % name.encode()
    return b"--%s\r\n%s\r\n\r\n%s\r\n" % (BOUNDARY, head, content)


def request(source, target):
    parts = {"source": source, "target": target, "consent": b"release-17"}
    body = b"".join(part(*item) for item in parts.items()) + b"--%s--\r\n" % BOUNDARY
    head = (
        b"POST /v1/swap HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=%s\r\n"
        b"Content-Length: %d\r\n\r\n" % (BOUNDARY, len(body))
    )
    return head + body


def swap(connection, message):
    """Sends one request and reads its answer. True if it was 200."""
    connection.sendall(message)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += receive(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    left = int(fields[b"content-length"]) - len(body)
    while left > 0:
        left -= len(receive(connection))
    return head.startswith(b"HTTP/1.1 200 ")


def receive(connection):
    data = connection.recv(1 << 18)
    if not data:
        raise ConnectionError("closed")
    return data


def swap_forever(port, message):
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                while True:
                    if not swap(connection, message):
                        time.sleep(REFUSED_PAUSE)
        except OSError:
            time.sleep(REFUSED_PAUSE)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def main(port, connections, source, target):
    os.nice(19)
    message = request(read(source), read(target))
    for _ in range(connections):
        threading.Thread(target=swap_forever, args=(port, message), daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
