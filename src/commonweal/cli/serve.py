"""`commonweal serve`: answer the web."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from gunicorn.app.base import BaseApplication

from commonweal.config import environment
from commonweal.config.wsgi import application


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings instead of its files and flags."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to Gunicorn."""
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        """Return what answers requests."""
        return application


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    known = environment.read()
    Server(
        {
            "bind": options.bind,
            "workers": known.processes,
            "threads": known.threads,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 5,
            "loglevel": "error",
            "proc_name": "commonweal",
            "control_socket_disable": True,
        }
    ).run()
    return 0
