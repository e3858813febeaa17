"""One of many numbers, given as one value: a statement reads the same however many there are, and is prepared once."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, Integer, String, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine


class Numbers(TypeDecorator[Collection[int]]):
    """Whole numbers in one value: an array, and where there is none a text."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(Integer))

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - see above
        numbers = list(value or ())
        return json.dumps(numbers) if dialect.name == "sqlite" else numbers


class Among(FunctionElement[bool]):
    """Whether a column is one of the numbers that are given by a name."""

    type = Boolean()
    inherit_cache = True

    def __init__(self, column: ColumnElement[int], name: str) -> None:
        super().__init__(column, bindparam(name, type_=Numbers()))

    def self_group(self, against: OperatorType | None = None) -> "Among":  # noqa: ARG002 - as it is called
        """Is a condition as it stands: compared with true, as functions are, it would use no index of SQLite."""
        return self


@compiles(Among, "sqlite")
def _in_text(element: Among, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - whatever the compiler passes on
    column, numbers = (compiler.process(each, **how) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 - a bound value


@compiles(Among, "postgresql")
def _in_array(element: Among, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - as above
    column, numbers = (compiler.process(each, **how) for each in element.clauses)
    return f"{column} = ANY ({numbers})"
