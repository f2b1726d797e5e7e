"""A LanguageTool server of our own, started from jars and stopped with this process."""

from __future__ import annotations

import atexit
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from appeal_lint.errors import EngineError

_PATIENCE = 60.0
"""Seconds that a server may take to answer for the first time."""


class Server:
    """A running server on a free loopback port; raises EngineError when it cannot start."""

    def __init__(self, jars: Path) -> None:
        java = shutil.which("java")
        if java is None:
            raise EngineError("cannot run: there is no Java", hint="install Java 17 or newer")
        if not any(jars.glob("languagetool-*.jar")):
            raise EngineError(f"cannot run: no LanguageTool jars in {jars}")
        port = _free_port()
        command = [
            java, "-Xmx1g", "-cp", str(jars / "*"),
            "org.languagetool.server.HTTPServer", "--port", str(port),
        ]  # fmt: skip
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self._process = subprocess.Popen(
            [sys.executable, "-m", "appeal_lint.grammar.keeper", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        atexit.register(self.stop)

    def wait(self) -> None:
        """Return when the server answers; raises EngineError when it does not come up."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise EngineError(f"ended with code {self._process.returncode} when it was started")
            with suppress(OSError, HTTPException):
                connection = HTTPConnection("127.0.0.1", self._port, timeout=2)
                try:
                    connection.request("GET", "/v2/healthcheck")
                    if connection.getresponse().status == 200:
                        return
                finally:
                    connection.close()
            time.sleep(0.1)
        self.stop()
        raise EngineError(f"did not answer within {_PATIENCE:.0f} seconds of its start")

    def stop(self) -> None:
        """End the server; again is harmless."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self._process.wait()
        atexit.unregister(self.stop)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
