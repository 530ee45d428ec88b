"""The tenant's side: keys made once, edits signed, mistakes said before a citizen meets them."""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from kiosk.errors import FileUnreadable
from sync.protocol.errors import TrustError
from sync.protocol.trust import Recipient, read_trust
from sync.tenant import TenantExists, TenantKeyLocked, init_tenant, sign_tenant, slug

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def made(folder: Path, **changes) -> None:
    words = {"recipients": [], "hub_key": None, "passphrase": None, "purpose": "Suivi"} | changes
    init_tenant(folder, "Ville de Valmerle", now=NOW, **words)


def test_private_halves_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    made(tmp_path / "t")
    names = {file.name: file.stat().st_mode & 0o777 for file in (tmp_path / "t").iterdir()}
    private = dict.fromkeys(("tenant.key", "agency.key", "agency-spare.key", "hub.key"), 0o600)
    assert names == private | {"trust.json": 0o644}


def test_either_key_of_the_agency_opens_what_is_sealed_to_it(tmp_path: Path) -> None:
    made(tmp_path / "t")
    recipient = read_trust((tmp_path / "t" / "trust.json").read_bytes()).trust.recipients[0]
    sealed = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(key) for key in recipient.keys])
    for name in ("agency.key", "agency-spare.key"):
        line = (tmp_path / "t" / name).read_text().splitlines()[-1]
        assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(line)]) == b"x"


def test_a_tenant_is_made_once(tmp_path: Path) -> None:
    made(tmp_path / "t")
    before = (tmp_path / "t" / "tenant.key").read_bytes()
    with pytest.raises(TenantExists):
        made(tmp_path / "t")
    assert (tmp_path / "t" / "tenant.key").read_bytes() == before


def test_a_passphrase_locks_the_key(tmp_path: Path) -> None:
    made(tmp_path / "t", passphrase=b"correct horse")
    assert b"ENCRYPTED" in (tmp_path / "t" / "tenant.key").read_bytes()
    for wrong in (None, b"wrong"):
        with pytest.raises(TenantKeyLocked):
            sign_tenant(tmp_path / "t", wrong, NOW)
    assert sign_tenant(tmp_path / "t", b"correct horse", NOW).version == 2


def mistyped(key: str) -> str:
    return key[:20] + ("q" if key[20] != "q" else "p") + key[21:]


def test_a_mistyped_recipient_is_said_before_anything_is_written(tmp_path: Path) -> None:
    key = str(pyrage.x25519.Identity.generate().to_public())
    with pytest.raises(TrustError, match="ccas is mistyped"):
        made(tmp_path / "t", recipients=[Recipient("ccas", "CCAS", "Suivi", key, mistyped(key))])
    assert not (tmp_path / "t").exists()


def test_a_mistyped_edit_is_not_signed(tmp_path: Path) -> None:
    made(tmp_path / "t")
    file = tmp_path / "t" / "trust.json"
    key = read_trust(file.read_bytes()).trust.recipients[0].key
    edited = file.read_text().replace(key, mistyped(key))
    file.write_text(edited)
    with pytest.raises(TrustError):
        sign_tenant(tmp_path / "t", None, NOW)
    assert file.read_text() == edited


def test_signing_without_a_tenant_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        sign_tenant(tmp_path, None, NOW)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Ville de Valmerle", "ville-de-valmerle"),
        ("Évry-Courcouronnes", "evry-courcouronnes"),
        ("…", "tenant"),
    ],
)
def test_a_name_becomes_an_id(name: str, id: str) -> None:
    assert slug(name) == id


def test_a_tenant_that_could_not_be_made_whole_leaves_no_key(tmp_path: Path) -> None:
    # The keys fit, the trust file, which is written last, does not. In a process of its own, and without
    # compiled modules: the limit would cut those short too.
    done = subprocess.run(
        [sys.executable, "-B", "-m", "kiosk", "tenant", "init", str(tmp_path / "tenant")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_tenant_is_never_made_over_an_agency_s_key(tmp_path: Path) -> None:
    (tmp_path / "agency.key").write_text("AGE-SECRET-KEY-1…")
    with pytest.raises(TenantExists):
        init_tenant(tmp_path, "Valmerle", [], None, None, NOW, "Suivi")
    assert (tmp_path / "agency.key").read_text() == "AGE-SECRET-KEY-1…"
