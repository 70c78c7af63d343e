"""The uids of records: global, so that each survives export, import and merge."""

from __future__ import annotations

import os


def new_uid() -> str:
    """A fresh version 4 UUID as 32 hexadecimal digits."""
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    return raw.hex()
