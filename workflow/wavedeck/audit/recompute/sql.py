"""Write SQL and run it on DuckDB, keeping every statement so that it can be handed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

MACROS = (
    """CREATE OR REPLACE MACRO stripped(v) AS
  trim(v, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160))""",
    """CREATE OR REPLACE MACRO number_in(v) AS
  CASE WHEN translate(v, '0123456789+-.eE', '') = '' THEN TRY_CAST(v AS DOUBLE) END""",
    """CREATE OR REPLACE MACRO number_with_comma_in(v) AS
  number_in(CASE WHEN contains(v, '.') THEN v ELSE replace(v, ',', '.') END)""",
    """CREATE OR REPLACE MACRO shortest(x) AS
  CASE WHEN x = trunc(x) AND abs(x) < 1e15 THEN CAST(CAST(x AS BIGINT) AS VARCHAR)
    ELSE CAST(x AS VARCHAR) END""",
    """CREATE OR REPLACE MACRO listed(known, v, s, x, label) AS
  coalesce(known[v], known[s], known[shortest(x)], known[label])""",
)


@dataclass
class Session:
    """A database in memory, and what it was told.

    It works on one processor, so that sums have one order and every run the same last digits.

    Attributes
    ----------
    statements
        Every statement that makes something, in order.
    explains
        Whether tables that come from elsewhere are kept as statements too, row by row.
    """

    connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)
    statements: list[str] = field(default_factory=list)
    explains: bool = False

    def __post_init__(self) -> None:
        self.connection.execute("SET threads = 1")
        self.connection.execute("SET enable_progress_bar = false")
        for macro in MACROS:
            self.run(macro)

    def run(self, statement: str) -> None:
        """Run a statement and keep it."""
        self.statements.append(statement)
        self.connection.execute(statement)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query; it is not kept."""
        return self.connection.execute(query).fetchall()

    def table(self, query: str) -> pa.Table:
        """Return the result of a query as an Arrow table; it is not kept."""
        return self.connection.execute(query).to_arrow_table()

    def load(self, table: str, content: pa.Table) -> None:
        """Make a table of an Arrow table."""
        self.connection.register("_given", content)
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM _given")
        self.connection.unregister("_given")
        if self.explains:
            self.statements += _spelled_out(table, content)

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()


def _spelled_out(table: str, content: pa.Table) -> list[str]:
    kinds = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN"}
    columns = ", ".join(f"{name(field.name)} {kinds[field.type]}" for field in content.schema)
    rows = [", ".join(_literal(value) for value in row.values()) for row in content.to_pylist()]
    filled = [f"INSERT INTO {table} VALUES\n  " + ",\n  ".join(f"({row})" for row in rows)] if rows else []
    return [f"CREATE OR REPLACE TABLE {table}({columns})", *filled]


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return text(value) if isinstance(value, str) else repr(value)


def name(word: str) -> str:
    """Return a name of a column or table in quotes.

    >>> name("service@art")
    '"service@art"'
    """
    return '"' + word.replace('"', '""') + '"'


def text(word: str) -> str:
    """Return a text in quotes.

    >>> text("it's")
    "'it''s'"
    """
    return "'" + word.replace("'", "''") + "'"


def number(value: float) -> str:
    """Return a number as SQL reads it back, digit by digit.

    >>> number(2.5), number(3.0)
    ('2.5::DOUBLE', '3.0::DOUBLE')
    """
    return f"{float(value)!r}::DOUBLE"


def texts(words: Iterable[str]) -> str:
    """Return texts in quotes, joined by commas."""
    return ", ".join(text(word) for word in words)


def mapping(pairs: Mapping[str, str]) -> str:
    """Return texts that lead to texts.

    >>> mapping({"1": "a"}), mapping({})
    ("MAP {'1': 'a'}", 'MAP([]::VARCHAR[], []::VARCHAR[])')
    """
    if not pairs:
        return "MAP([]::VARCHAR[], []::VARCHAR[])"
    return "MAP {" + ", ".join(f"{text(key)}: {text(value)}" for key, value in pairs.items()) + "}"


def any_of(conditions: Iterable[str]) -> str:
    """Return conditions of which one suffices; none never holds."""
    found = list(conditions)
    return "(" + " OR ".join(found) + ")" if found else "FALSE"


def all_of(conditions: Iterable[str]) -> str:
    """Return conditions that must all hold; none always holds."""
    found = list(conditions)
    return "(" + " AND ".join(found) + ")" if found else "TRUE"
