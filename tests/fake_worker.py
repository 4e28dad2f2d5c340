"""A worker that misbehaves, run as a program by the tests of the process boundary.

``python fake_worker.py BEHAVIOUR…`` speaks the protocol with nothing but the standard library. What a request's file
is called says what to do with it, so that one pool can be given every kind of trouble; what stands on the command
line happens before the first request.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

FACTS = {"size": 3, "sha256": "0" * 64, "type": "text"}
PICTURE = {"type": "tiff", "image": {"width": 8, "height": 8, "frames": 2}}


def say(text: str) -> None:
    os.write(1, text.encode())


def forever() -> None:
    while True:
        time.sleep(60)


def before_ready(behaviour: str) -> None:
    if behaviour == "dies-early":
        sys.exit("no module named 数学")
    if behaviour == "never-ready":
        forever()
    if behaviour == "says-hello":
        say("Hello!\n")
        forever()
    if behaviour == "ignores-terminate":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if behaviour.startswith("counts="):
        with Path(behaviour.removeprefix("counts=")).open("ab") as file:
            file.write(b"%d\n" % os.getpid())


def unaccepted(name: str) -> None:
    if name == "dies-unaccepted":
        os._exit(7)
    if name == "dies-unaccepted-once" and not (marker := Path(sys.argv[-1])).exists():
        marker.write_bytes(b"")
        os._exit(7)


def answer_read(name: str, number: int, page: object) -> None:
    """Of a file whose inspection went well."""
    line = {"text": f"page {page}", "page": page, "box": [0, 0, 1, 1], "place": [0, 0, 1, 1], "confidence": 1}
    text = {"lines": [line], "pages": [page], "turned": {str(page): 90}, "sha256": FACTS["sha256"]}
    if name == "read-dies":
        os._exit(7)
    elif name == "read-no-reader":
        say(json.dumps({"id": number, "error": {"kind": "no_reader"}}) + "\n")
    elif name == "read-refuses":
        say(json.dumps({"id": number, "error": {"kind": "unreadable", "reason": "in_use"}}) + "\n")
    elif name == "read-changed":
        say(json.dumps({"id": number, "ok": text | {"sha256": "1" * 64}}) + "\n")
    else:
        say(json.dumps({"id": number, "ok": text}) + "\n")


def answer(name: str, number: int, message: dict[str, object]) -> None:
    if message["verb"] == "read":
        answer_read(name, number, message["page"])
    elif name.startswith("read-"):
        say(json.dumps({"id": number, "ok": FACTS | PICTURE}) + "\n")
    elif name == "dies":
        os._exit(7)
    elif name == "hangs":
        forever()
    elif name == "hangs-undying":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        forever()
    elif name == "babbles-lines":
        for _ in range(400_000):
            say('{"noise": "############################"}\n')
    elif name == "babbles-one-line":
        for _ in range(600):
            say("#" * 65_536)
        forever()
    elif name == "babbles-on-stderr":
        for _ in range(200):
            os.write(2, b"/home/someone 500101199001011234\n" * 2_000)
        say(json.dumps({"id": number, "ok": FACTS}) + "\n")
    elif name == "half-a-line":
        say('{"id":')
        os._exit(0)
    elif name == "eats-memory":
        held = [bytearray(16 * 1024 * 1024) for _ in range(64)]
        for block in held:
            block[::4096] = b"\1" * len(block[::4096])
        forever()
    elif name == "not-json":
        say("Segmentation fault\n")
    elif name == "latin":
        os.write(1, b'{"id":1,"ok":{"size":3,"type":"\xe9"}}\n')
    elif name == "deep":
        say("[" * 200_000 + "]" * 200_000 + "\n")
    elif name == "other-id":
        say(json.dumps({"id": number + 1, "ok": FACTS}) + "\n")
    elif name == "wrong-shape":
        say(json.dumps({"id": number, "ok": {"size": "three"}}) + "\n")
    elif name == "unknown-key":
        say(json.dumps({"id": number, "ok": FACTS | {"verdict": "ready"}}) + "\n")
    elif name == "huge-number":
        say(f'{{"id":{number},"ok":{{"size":{"9" * 100_000},"type":"text"}}}}\n')
    elif name == "not-a-number":
        say(f'{{"id":{number},"ok":{{"size":NaN,"type":"text"}}}}\n')
    elif name == "both":
        say(json.dumps({"id": number, "ok": FACTS, "error": {"kind": "failed"}}) + "\n")
    elif name == "neither":
        say(json.dumps({"id": number}) + "\n")
    elif name == "unknown-reason":
        say(json.dumps({"id": number, "error": {"kind": "unreadable", "reason": "boring"}}) + "\n")
    elif name == "out-of-memory":
        say(json.dumps({"id": number, "error": {"kind": "out_of_memory"}}) + "\n")
    elif name == "refuses":
        say(json.dumps({"id": number, "error": {"kind": "unreadable", "reason": "damaged", "detail": "why"}}) + "\n")
    elif name == "pixels-2x1":
        say(json.dumps({"id": number, "ok": {"width": 2, "height": 1, "bytes": 6}}) + "\n")
        os.write(1, b"RGBrgb")
    elif name == "pixels-miscounted":
        say(json.dumps({"id": number, "ok": {"width": 2, "height": 1, "bytes": 7}}) + "\n")
    elif name == "pixels-missing":
        say(json.dumps({"id": number, "ok": {"width": 2, "height": 1, "bytes": 6}}) + "\n")
        os.write(1, b"RG")
        os._exit(0)
    else:
        say(json.dumps({"id": number, "ok": FACTS | {"unreadable": None}}) + "\n")


def main() -> None:
    behaviours = sys.argv[1:]
    for behaviour in behaviours:
        before_ready(behaviour)
    say('{"ready":1}\n')
    if "dies-idle" in behaviours:
        sys.exit()
    if "never-reads" in behaviours:
        forever()
    for line in sys.stdin:
        message = json.loads(line)
        name = Path(message["path"]).stem
        unaccepted(name)
        say(f'{{"id":{message["id"]},"accepted":true}}\n')
        answer(name, message["id"], message)
    if "lingers" in behaviours:
        forever()


if __name__ == "__main__":
    main()
