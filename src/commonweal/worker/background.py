"""Everything the worker does at once: jobs as they are queued, the schedule, and the readers."""

from __future__ import annotations

import asyncio
import threading
from typing import cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.db_cleanup import DjangoApp
from procrastinate.contrib.django.django_connector import DjangoConnector

from commonweal.worker.readers import keep_reading

JOBS_AT_ONCE = 4
PATIENCE_S = 10


def work() -> None:
    """Work until told to stop by a signal."""
    stopped = threading.Event()
    reading = threading.Thread(target=keep_reading, args=[stopped], name="readers")
    reading.start()
    try:
        asyncio.run(_do_jobs())
    finally:
        stopped.set()
        reading.join()


async def _do_jobs() -> None:
    worker = _listening_app()
    async with worker.open_async():
        await worker.run_worker_async(
            concurrency=JOBS_AT_ONCE, shutdown_graceful_timeout=PATIENCE_S, delete_jobs="successful"
        )


def _listening_app() -> DjangoApp:
    """Return the app with a connection that listens.

    Tasks keep the app they were made with, so that what they queue in turn is queued within
    Django's transaction.
    """
    listening = DjangoApp(
        connector=cast(DjangoConnector, app.connector).get_worker_connector(),
        import_paths=app.import_paths,
    )
    listening.tasks = app.tasks
    listening.periodic_registry = app.periodic_registry
    return listening
