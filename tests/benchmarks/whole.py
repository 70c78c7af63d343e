"""The whole measurement on one machine in one go: the four parts, `last.json` from them, and the page's tables.

    python tests/benchmarks/whole.py [--runs 10] [--keep FOLDER]

It takes half an hour and wants the machine for itself: nothing else should run meanwhile.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import options
import page

HERE: Final = Path(__file__).parent
#: Sizes on which the commands are measured with fewer runs: nothing has a bound of its own there.
_FEWER: Final = "M,K"


def measure(kept: Path, folder: Path, runs: int) -> dict[str, Any]:
    """Run the four parts, each in a process of its own, and put their results together."""
    fewer = max(1, runs // 2)
    parts = {
        "bounds": ["run.py", "--sizes", "S,L", "--runs", str(runs), "--keep", str(kept)],
        "between": ["run.py", "--sizes", _FEWER, "--runs", str(fewer), "--keep", str(kept)],
        "floors": ["floors.py", "--sizes", "M,L", "--runs", str(fewer), "--keep", str(kept)],
        "streaming": ["streaming.py", "--runs", str(fewer), "--keep", str(kept)],
        "import": ["joining.py", "--runs", "3"],
    }
    found: dict[str, Any] = {}
    for name, (script, *words) in parts.items():
        out = folder / f"{name}.json"
        # A missed bound is a result, too: joining.py tells one by its exit code.
        subprocess.run([sys.executable, str(HERE / script), *words, "--json", str(out)], check=False)
        found[name] = json.loads(out.read_text(encoding="utf-8"))
    return {
        "machine": found["bounds"]["machine"],
        "runs": f"{runs} at S and L, {fewer} at {_FEWER.replace(',', ' and ')}, 3 of an export at L",
        "lines": found["bounds"]["lines"] + found["between"]["lines"],
        "floors": found["floors"]["lines"],
        "peak_mib": found["streaming"]["peak_mib"],
        "progress_ms": found["streaming"]["progress_ms"],
        "import": found["import"],
    }


def main() -> None:
    """Measure all of it, keep the result, and put its tables into the page."""
    given = options.parser("Measure everything, and renew the page.", runs=10).parse_args()
    with options.folders(given.keep) as (kept, temporary):
        record = measure(kept, temporary, given.runs)
    page.LAST.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page.renew(record)


if __name__ == "__main__":
    main()
