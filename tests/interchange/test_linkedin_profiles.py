"""Addresses of profiles, of which many spell one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from netjournal.interchange.profiles import clean_url, profile_key
from rows import rows

PROFILES = {
    "https://www.linkedin.com/in/Ingrid-Solberg/": "in/ingrid-solberg",
    "linkedin.com/in/ingrid-solberg?trk=public": "in/ingrid-solberg",
    "http://no.linkedin.com/in/ingrid-solberg/nb#top": "in/ingrid-solberg",
    "https://www.linkedin.com/in/J%C3%98rgen": "in/jørgen",
    "https://www.linkedin.com/in/jo%CC%88rg": "in/jörg",
    "https://www.linkedin.com/pub/bo-li/1/2b/345": "pub/bo-li/1/2b/345",
    "https://www.linkedin.com/in/%E9": "in/%e9",
    "https://www.linkedin.com/in/a%2Fb": "in/a%2fb",
    "https://www.linkedin.com/in/": None,
    "https://www.linkedin.com/company/contoso": None,
    "https://linkedin.com.example.net/in/bo": None,
    "https://example.net/linkedin.com/in/bo": None,
    "https://[": None,
    "": None,
}


@rows(("url", "key"), PROFILES.items())
def test_all_spellings_of_a_profile_have_one_key(url: str, key: str | None) -> None:
    assert profile_key(url) == key
    assert profile_key(clean_url(url)) == key


@given(st.text())
def test_the_stored_address_of_a_profile_is_ascii_and_has_the_same_key(slug: str) -> None:
    url = f"https://www.linkedin.com/in/{slug}"
    key = profile_key(url)
    if key is not None:
        assert clean_url(url).isascii()
        assert profile_key(clean_url(url)) == key
        assert clean_url(clean_url(url)) == clean_url(url)
