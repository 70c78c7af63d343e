"""Ways to reach a contact (e-mail addresses, phone numbers, links): when two that are written apart are one."""

from __future__ import annotations


def method_key(kind: str, value: str) -> str:
    """The form of an address, number or link in which two are the same."""
    if kind == "phone":
        digits = "".join(c for c in value if c.isdigit())
        return ("+" if value.lstrip().startswith("+") else "") + digits if digits else value.casefold()
    if kind == "url":
        bare = value.casefold().split("?")[0].split("#")[0].rstrip("/")
        return bare.removeprefix("https://").removeprefix("http://").removeprefix("www.") or value.casefold()
    return value.casefold()
