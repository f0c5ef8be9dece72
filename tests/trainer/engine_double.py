"""An engine's door for models, and an engine's Python that learns nothing: both answer as the real
ones do, in no time. The real ones are in test_swap.py and test_round.py."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar


class Engine:
    """What stands behind an address: the model it answers with, and whether it takes others."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.model = "consulta-" + "0" * 16
        self.refuses = ""
        self.swaps: list[str] = []


@contextmanager
def engine() -> Iterator[Engine]:
    """Answering until the end of the block."""

    class Door(BaseHTTPRequestHandler):
        double: ClassVar[Engine]

        def do_GET(self) -> None:
            self._answer(200, {"model": self.double.model})

        def do_PUT(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = Path(body["file"]).name.removesuffix(".tar.gz")
            self.double.swaps.append(name)
            if self.double.refuses:
                self._answer(422, {"error": self.double.refuses})
                return
            self.double.model = name
            self._answer(200, {"model": name})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Door.double = Engine(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Door.double
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


_PYTHON = """#!{python}
import json, pathlib, sys, time
words = sys.argv[1:]
def after(name): return words[words.index(name) + 1]
if "validate" in words:
    {validate}
elif "train" in words:
    {train}
    out = pathlib.Path(after("--out")); out.mkdir(parents=True)
    (out / (after("--fixed-model-name") + ".tar.gz")).write_text("a model")
else:
    task = json.loads(pathlib.Path(words[-2]).read_text())
    print("0.5", flush=True)
    if "examples" in task:
        answer = [each[1] for each in task["examples"]]
    else:
        texts = task["texts"] + task["passing"]
        answer = [[["emergency", 0.9, False] for _ in texts] for _ in task["archives"]]
    pathlib.Path(words[-1]).write_text(json.dumps(answer))
"""


def engine_python(path: Path, *, validate: str = "pass", train: str = "pass") -> Path:
    """A script in the place of the engine's Python. validate and train: what it does then."""
    text = _PYTHON.format(python=sys.executable, validate=validate, train=train)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path
