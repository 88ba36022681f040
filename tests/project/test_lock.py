"""requirements.lock pins everything that pyproject.toml asks for, with hashes and without a single address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project.requirements import declared, locked

A_HASH = "    --hash=sha256:" + "0" * 64


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


def test_every_dependency_is_pinned_within_its_bounds(root: Path, lock: str) -> None:
    pins = locked(lock)
    wanted = declared(root)
    assert sorted(set(wanted) - set(pins)) == []
    outside = [str(wanted[name]) for name in wanted if not wanted[name].specifier.contains(pins[name][0])]
    assert outside == []


def test_every_pin_has_a_hash(lock: str) -> None:
    assert [name for name, (_, hashes) in locked(lock).items() if hashes == 0] == []


def test_no_address_no_path_no_host(lock: str) -> None:
    assert re.findall(r"\S*(?:://|file:|index-url|find-links|trusted-host| @ |/)\S*", lock) == []


def test_the_header_says_how_to_make_it_again(lock: str) -> None:
    assert re.match(r"#.*\n#\s+uv pip compile .* --generate-hashes .* pyproject\.toml\n", lock)


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "polars @ file:///tmp/polars.whl",
        "polars>=2 \\",
        "./polars.whl",
        A_HASH,
    ],
)
def test_anything_but_a_pin_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="pins and hashes only"):
        locked(line)


def test_a_pin_without_a_hash_is_seen() -> None:
    assert locked(f"polars==2.1.0 \\\n{A_HASH}\nrich==15.0.0 \\")["rich"][1] == 0
