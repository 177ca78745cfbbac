"""https: the certificate is checked, and the connection does all that a plain one does."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from flows.fetching.failures import FetchFailure
from flows.fetching.sessions import PrivateAddressError, new_session
from tests.fetching.site import PUBLIC, release, serve, source
from tests.replay import quick_client

PLAN = f"{PUBLIC}/news/a-%e2%81%a0b"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate of 127.0.0.1 with its key, in one file."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused(tls: ssl.SSLContext) -> None:
    with serve(tls) as site, quick_client() as client:
        with pytest.raises(FetchFailure) as caught:
            client.get(source(site), PLAN)
        assert (caught.value.code, caught.value.transient) == ("tls", False)
        assert site.asked == []


def test_a_trusted_connection_is_kept_and_spells_addresses_as_given(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificate))
    monkeypatch.setattr("requests.adapters._preloaded_ssl_context", None, raising=False)
    with serve(tls) as site, quick_client() as client:
        site.page("/news/a-%e2%81%a0b")
        for _ in range(3):
            assert client.get(source(site), PLAN).body == release("A plan")
        assert site.paths()[1:] == ["/news/a-%e2%81%a0b"] * 3


def test_a_guarded_connection_looks_at_its_peer_before_the_handshake(tls: ssl.SSLContext) -> None:
    with serve(tls) as site, new_session({}, guarded=True) as session, pytest.raises(PrivateAddressError):
        session.get(site.url, timeout=5)
