"""Where a journal lies: its file system, a folder that is synced, and who may read it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: File systems that lie on another machine, or that pass locks on badly.
_NETWORK: Final = frozenset(
    (
        *(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "afs",
            "9p",
            "ceph",
            "glusterfs",
            "lustre",
            "davfs",
            "vboxsf",
            "prl_fs",
        ),
        *("fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.glusterfs", "fuse.s3fs", "fuse.gcsfuse"),
    )
)
#: How the names of folders begin that a service copies to other machines while nobody looks.
_SYNCED: Final = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "googledrive": "Google Drive",
    "google drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
}


class Loose(NamedTuple):
    """A file or folder that others may read or write, and the mode that it should have."""

    path: Path
    mode: int


def file_system(path: Path) -> tuple[str | None, bool]:
    """The type of file system that a path lies on, None where the system does not say it simply; whether it is remote."""
    if not sys.platform.startswith("linux"):
        return None, False
    place = os.path.realpath(path)
    best, found = "", None
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None, False
    for line in lines:
        before, _, after = line.partition(" - ")
        mount = before.split()[4].replace("\\040", " ")
        if (place == mount or place.startswith(mount.rstrip("/") + "/")) and len(mount) >= len(best):
            best, found = mount, after.split()[0]
    return found, found in _NETWORK


def synced_by(path: Path) -> str | None:
    """The service that syncs the folder of a path, None where none is seen."""
    for folder in Path(os.path.realpath(path)).parents:
        name = folder.name.casefold()
        for begin, service in _SYNCED.items():
            if name.startswith(begin):
                return service
        if (folder / ".stfolder").exists():
            return "Syncthing"
    return None


def loose(path: Path, backups: Iterable[Path]) -> list[Loose]:
    """What of the journal and its backups is not its owner's alone."""
    return [found for found in _wanted(path, backups) if _is_loose(found)]


def _wanted(path: Path, backups: Iterable[Path]) -> Iterator[Loose]:
    # A folder of another name is not ours to close: it may hold anything.
    if path.parent.name == "netjournal":
        yield Loose(path.parent, 0o700)
    yield Loose(path, 0o600)
    files = list(backups)
    if files:
        yield Loose(files[0].parent, 0o700)
    for file in files:
        yield Loose(file, 0o600)


def _is_loose(found: Loose) -> bool:
    try:
        return bool(stat.S_IMODE(found.path.stat().st_mode) & 0o077)
    except OSError:
        return False


def is_open_to_others(path: Path) -> bool:
    """Whether others may put a file of theirs in the journal's place."""
    try:
        mode = path.parent.stat().st_mode
    except OSError:
        return False
    return bool(mode & 0o022) and not mode & stat.S_ISVTX
