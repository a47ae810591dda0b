from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from spr_portal.middleware import TrustedProxyMiddleware

PROXY, CLIENT = "10.0.0.5", "198.51.100.7"


def seen(settings, trusted, remote, forwarded="", proto=""):
    """The reader's address and the scheme, after the middleware."""
    settings.TRUSTED_PROXIES = [t if t == "unix" else ip_network(t) for t in trusted]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    meta = {"REMOTE_ADDR": remote}
    if forwarded:
        meta["HTTP_X_FORWARDED_FOR"] = forwarded
    if proto:
        meta["HTTP_X_FORWARDED_PROTO"] = proto
    request = RequestFactory().get("/", **meta)
    TrustedProxyMiddleware(lambda request: None)(request)
    return request.META["REMOTE_ADDR"], request.scheme


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "address"),
    [
        ([PROXY], PROXY, CLIENT, CLIENT),
        (["10.0.0.0/8"], PROXY, f"{CLIENT}, 10.0.0.9", CLIENT),
        ([PROXY], PROXY, f"203.0.113.1, {CLIENT}", CLIENT),  # the client forged the first
        ([PROXY], PROXY, "", PROXY),
        ([PROXY], PROXY, "rubbish", PROXY),
        ([PROXY], PROXY, f"{CLIENT}, rubbish", PROXY),
        (["unix"], "", CLIENT, CLIENT),
        ([PROXY], "203.0.113.9", CLIENT, "203.0.113.9"),  # not our proxy
        ([], PROXY, CLIENT, PROXY),
    ],
)
def test_the_address_is_taken_from_known_proxies_only(
    settings, trusted, remote, forwarded, address
):
    assert seen(settings, trusted, remote, forwarded)[0] == address


def test_https_is_believed_of_a_known_proxy(settings):
    assert seen(settings, [PROXY], PROXY, CLIENT, "https")[1] == "https"


def test_https_is_not_believed_of_anybody_else(settings):
    assert seen(settings, [PROXY], "203.0.113.9", CLIENT, "https")[1] == "http"
