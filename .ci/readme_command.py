"""Print one of the README's Quick start commands, so that what CI runs and what a reader is told cannot part.

Usage: python .ci/readme_command.py {1,2}
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def quick_start_commands(readme: str) -> list[str]:
    """Return the text of each `sh` block under the heading Quick start, in order.

    Raises ValueError when there is no such heading.
    """
    section = re.search(r"^## Quick start\b.*?$(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    if section is None:
        raise ValueError("README.md has no heading '## Quick start'; add it, with two sh blocks under it")
    return [block.strip() for block in re.findall(r"^```sh\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)]


if __name__ == "__main__":
    print(quick_start_commands(README.read_text(encoding="utf-8"))[int(sys.argv[1]) - 1])
