"""The one thread that owns the database connection. Others hand it work and wait for the result."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from kiosk.store import driver
from kiosk.store.driver import Connection
from kiosk.store.errors import StoreClosed, StoreFull

T = TypeVar("T")
Work = Callable[[Connection], T]
_Job = tuple[Callable[[Connection], Any], bool, "Future[Any]"]


class Writer:
    """Runs each piece of work as one transaction, in the order given.

    A result is given only after COMMIT returned: with ``synchronous=FULL`` that is after the fsync.
    """

    def __init__(self, folder: Path, open_connection: Callable[[], Connection]) -> None:
        self._folder, self._open = folder, open_connection
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._loop, args=(opened,), name="store-writer", daemon=True)
        self._thread.start()
        opened.result()

    def submit(self, work: Work[T], *, transaction: bool = True) -> Future[T]:
        """Queue ``work``; its future holds the result after the commit, or a StoreError."""
        future: Future[T] = Future()
        with self._closing:
            if self._closed:
                future.set_exception(StoreClosed(str(self._folder)))
            else:
                self._jobs.put((work, transaction, future))
        return future

    def run(self, work: Work[T], *, transaction: bool = True) -> T:
        """Do ``work`` and wait for it. Raises StoreError; then nothing of it was kept."""
        return self.submit(work, transaction=transaction).result()

    def close(self) -> None:
        """Finish what is queued, then close the connection. Safe to call twice."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _loop(self, opened: Future[None]) -> None:
        try:
            link = self._open()
        except driver.DatabaseError as error:
            opened.set_exception(driver.translated(error, self._folder))
            return
        except BaseException as error:
            opened.set_exception(error)
            return
        opened.set_result(None)
        while (job := self._jobs.get()) is not None:
            link = self._do(link, *job)
        link.close()

    def _do(self, link: Connection, work: Work[Any], transaction: bool, future: Future[Any]) -> Connection:
        try:
            future.set_result(_committed(link, work) if transaction else work(link))
        except driver.DatabaseError as error:
            found = driver.translated(error, self._folder)
            if driver.is_io_error(error) and not isinstance(found, StoreFull):
                link = self._reopened(link)
            future.set_exception(found)
        except BaseException as error:
            future.set_exception(error)
        return link

    def _reopened(self, link: Connection) -> Connection:
        """After a failed fsync the kernel may have dropped the page: only what is on the disk counts."""
        try:
            link.close()
            return self._open()
        except driver.DatabaseError:
            return link


def _committed(link: Connection, work: Work[T]) -> T:
    link.execute("BEGIN IMMEDIATE")
    try:
        result = work(link)
        link.execute("COMMIT")
    except BaseException:
        if link.in_transaction:
            link.execute("ROLLBACK")
        raise
    return result
