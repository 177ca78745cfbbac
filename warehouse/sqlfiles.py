"""Finds the SQL of the checkout. One file holds one object and bears its name."""

from __future__ import annotations

from pathlib import Path

SQL_ROOT = Path(__file__).resolve().parent.parent / "sql"


def sql_files(folder: str) -> list[Path]:
    """The SQL files of one folder below `sql`, by name."""
    return sorted((SQL_ROOT / folder).glob("*.sql"))


def header(sql: str) -> list[str]:
    """The comment lines that a file begins with, without their marks."""
    lines: list[str] = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return lines
