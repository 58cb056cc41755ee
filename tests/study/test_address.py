from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.study.address import Address
from wavedeck.study.errors import ConfigError

names = st.from_regex(r"[a-z0-9][a-z0-9_]{0,5}", fullmatch=True)
optional = st.just("") | names
groups = st.lists(names, min_size=1, max_size=3).map("*".join)
waves = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,5}", fullmatch=True)


@given(st.builds(Address, names, names, optional, optional, groups, waves))
def test_address_is_read_as_it_was_written(address):
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize(
    "text", ["", "vr/mark/all", "vr/mark/all/2013/x", "vr/Mark/all/2013", "vr/mark@/all/2013"]
)
def test_address_refuses_other_forms(text):
    with pytest.raises(ConfigError, match="is not an address"):
        Address.parse(text)


def test_address_at_another_wave():
    assert str(Address.parse("vr/mark@a.b/x*y/2013").at("2011")) == "vr/mark@a.b/x*y/2011"
