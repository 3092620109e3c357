"""A webhook reaches the open internet, and what was allowed by name: however an inside address is written."""

import pytest

from services.dossier.errors import Refused, TryAgain
from services.notify.reach import Allowed, find_target, read_allowed


@pytest.mark.parametrize("host", [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0", "0.0.0.1", "localhost", "10.0.0.5", "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "[::1]", "[::]", "[fe80::1]",
    "[fc00::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[2002:7f00:1::]",
    "[2002:a00:1::1]", "[ff02::1]",
])  # fmt: skip
def test_inside_is_refused(host: str) -> None:
    with pytest.raises((Refused, TryAgain)) as refused:
        find_target(f"https://{host}/hook", Allowed())
    # a name that this machine cannot read at all is no way in either
    assert refused.value.sentence.id in {"notice.inside", "notice.unknown_host"}


@pytest.mark.parametrize("url", [
    "", "hub", "ftp://1.1.1.1/", "file:///etc/passwd", "https://", "https:///x", "https://a:b@1.1.1.1/",
    "https://1.1.1.1:99999/", "https://1.1.1.1:0/", "https://1.1.1.1/\r\nHost: x", "https://1.1.1.1/#x",
    "https://[::1", "https://1.1.1.1/" + "x" * 500,
])  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        find_target(url, Allowed())
    assert refused.value.sentence.id == "notice.bad_url"


def test_outside_is_reached_by_https_alone() -> None:
    target = find_target("https://1.1.1.1:8443/a?b=c", Allowed())
    assert (target.address, target.port, target.path) == ("1.1.1.1", 8443, "/a?b=c")
    with pytest.raises(Refused) as refused:
        find_target("http://1.1.1.1/", Allowed())
    assert refused.value.sentence.id == "notice.not_https"


def test_what_is_allowed_by_name_is_reached() -> None:
    assert find_target("http://localhost:81/", read_allowed("localhost")).port == 81
    assert find_target("http://10.20.3.4/", read_allowed("hub.example, 10.20.0.0/16")).address == "10.20.3.4"
    assert find_target("http://127.0.0.1/", read_allowed("127.0.0.1")).address == "127.0.0.1"
    with pytest.raises(Refused):
        find_target("http://10.21.3.4/", read_allowed("10.20.0.0/16"))
