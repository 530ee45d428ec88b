"""Printing for real: a private cupsd in front of an IPP Everywhere printer made of software."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from printing.spool import LpPrinter, PrinterState, PrintOutcome, printer_state

SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
PARTS = ("cupsd", "ippeveprinter", "lp", "lpadmin", "dbus-daemon")
pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(
        os.geteuid() != 0 or not all(shutil.which(part, path=SBIN) for part in PARTS),
        reason="needs root, cups-daemon, cups-client, cups-ipp-utils, cups-filters and dbus",
    ),
]

CUPS_FILES = """ServerRoot {0}/etc
RequestRoot {0}/spool
TempDir {0}/spool/tmp
CacheDir {0}/cache
StateDir {0}/run
AccessLog {0}/log/access_log
ErrorLog {0}/log/error_log
PageLog {0}/log/page_log
SystemGroup root
"""
# PreserveJobFiles: by default CUPS keeps what citizens printed for a day.
CUPSD = """Listen {0}/run/cups.sock
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobFiles No
ErrorPolicy retry-job
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""


def wait_for(condition: Callable[[], object], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition did not come true"
        time.sleep(0.05)


def quiet(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True)


@dataclass
class Office:
    """The private printer: ``printed`` holds what came out, ``spool`` what CUPS keeps."""

    printed: Path
    spool: Path
    printer: subprocess.Popen[bytes]

    def documents(self) -> list[Path]:
        return [path for path in self.printed.iterdir() if path.stat().st_size]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    root = Path(f"/tmp/kiosk-cups-{os.getpid()}-{time.monotonic_ns()}")  # readable by the filters' user
    for name in ("etc", "spool/tmp", "cache", "run", "log", "printed"):
        (root / name).mkdir(parents=True)
    root.chmod(0o755)
    (root / "etc/cups-files.conf").write_text(CUPS_FILES.format(root))
    (root / "etc/cupsd.conf").write_text(CUPSD.format(root))
    monkeypatch.setenv("PATH", SBIN)
    with contextlib.ExitStack() as ending:
        ending.callback(shutil.rmtree, root, ignore_errors=True)

        def start(*words: str, **more: object) -> subprocess.Popen[bytes]:
            child = subprocess.Popen(words, stderr=subprocess.DEVNULL, **more)  # type: ignore[call-overload]
            ending.callback(child.wait)
            ending.callback(child.kill)
            return child

        # Both daemons want Avahi on the system bus, and stall without one. A private bus says at once
        # that there is no Avahi.
        bus = start("dbus-daemon", "--session", "--nofork", "--print-address", stdout=subprocess.PIPE)
        assert bus.stdout is not None
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.stdout.readline().decode().strip())
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        # -c: without a command the "printer" pretends to work for 5 to 15 s on each job.
        accepts = "application/pdf,image/pwg-raster,image/urf,image/jpeg"
        printer = start(
            *("ippeveprinter", "-c", "/bin/true", "-n", "localhost", "-p", port, "-k"),
            *("-d", str(root / "printed"), "-r", "off", "--no-web-forms", "-f", accepts, "Test"),
            stdout=subprocess.DEVNULL,
        )
        start(
            *("cupsd", "-f", "-c", f"{root}/etc/cupsd.conf", "-s", f"{root}/etc/cups-files.conf"),
            stdout=subprocess.DEVNULL,
        )
        monkeypatch.setenv("CUPS_SERVER", f"{root}/run/cups.sock")
        wait_for(lambda: "is running" in quiet("lpstat", "-r").stdout)
        queue = ("lpadmin", "-p", "plan", "-E", "-v", f"ipp://localhost:{port}/ipp/print", "-m", "everywhere")
        wait_for(lambda: quiet(*queue).returncode == 0)
        yield Office(root / "printed", root / "spool", printer)


def pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawString(100, 700, "Plan")
    canvas.save()
    return out.getvalue()


def test_a_plan_comes_out_and_nothing_of_it_stays(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = office.printed.parent / "ours"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    assert printer_state("plan") is PrinterState.READY
    result = LpPrinter("plan").print(pdf(), "Plan", 30)
    assert result.printed
    assert [path.read_bytes()[:4] for path in office.documents()] == [b"%PDF"]
    assert list(office.spool.glob("d*")) == []
    assert list(temporary.iterdir()) == []


def test_a_dead_printer_is_noticed_and_the_pages_are_taken_back(office: Office) -> None:
    office.printer.send_signal(signal.SIGTERM)
    office.printer.wait()
    result = LpPrinter("plan").print(pdf(), "Plan", 3)
    assert result.outcome is PrintOutcome.NOT_PRINTED
    assert result.job
    assert quiet("lpstat", "-o").stdout.split() == []
    wait_for(lambda: not list(office.spool.glob("d*")))


def test_a_visit_that_ends_takes_its_pages_back(office: Office) -> None:
    office.printer.send_signal(signal.SIGTERM)
    office.printer.wait()
    ended = threading.Event()
    threading.Timer(1, ended.set).start()
    start = time.monotonic()
    result = LpPrinter("plan").print(pdf(), "Plan", 60, ended)
    assert result.outcome is PrintOutcome.NOT_PRINTED
    assert time.monotonic() - start < 20
    assert quiet("lpstat", "-o").stdout.split() == []


def test_an_unknown_queue_is_no_printer(office: Office) -> None:
    assert printer_state("nowhere") is PrinterState.MISSING
    assert LpPrinter("nowhere").print(pdf(), "Plan", 5).outcome is PrintOutcome.NO_PRINTER


def test_a_queue_that_was_stopped_or_takes_no_jobs_says_so(office: Office) -> None:
    # lpadmin's own work on a new queue may end after it returned, and start the queue again.
    wait_for(lambda: quiet("cupsdisable", "plan") and printer_state("plan") is PrinterState.STOPPED)
    quiet("cupsenable", "plan")
    wait_for(lambda: quiet("cupsreject", "plan") and printer_state("plan") is PrinterState.REJECTING)
    assert LpPrinter("plan").print(pdf(), "Plan", 5).outcome is PrintOutcome.NO_PRINTER


def test_a_job_that_is_cancelled_by_someone_else_was_not_printed(office: Office) -> None:
    office.printer.send_signal(signal.SIGTERM)
    office.printer.wait()
    threading.Timer(1, lambda: quiet("cancel", "-a", "plan")).start()
    assert not LpPrinter("plan").print(pdf(), "Plan", 20).printed
