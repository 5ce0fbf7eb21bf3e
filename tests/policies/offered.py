"""What the apps offer: their actions and their policies, found by looking."""

from __future__ import annotations

import importlib.util
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import commonweal


def actions() -> set[str]:
    """Return the name of every action that is told who acts."""
    return {name_of(one) for one in _functions("actions") if _takes_by(one)}


def policies() -> set[str]:
    """Return the name of every policy."""
    return {name_of(one) for one in _functions("policies")}


def name_of(function: Callable[..., object]) -> str:
    """Return how a function is called: its app and its own name."""
    return f"{function.__module__.split('.')[1]}.{function.__name__}"


def _functions(file: str) -> Iterator[Callable[..., object]]:
    """Give the public functions that each app itself offers in one of its files."""
    for app in pkgutil.iter_modules(commonweal.__path__):
        if not app.ispkg or importlib.util.find_spec(f"commonweal.{app.name}.{file}") is None:
            continue
        module = importlib.import_module(f"commonweal.{app.name}.{file}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__.startswith(module.__name__) and not name.startswith("_"):
                yield function


def _takes_by(function: Callable[..., object]) -> bool:
    by = inspect.signature(function).parameters.get("by")
    return by is not None and by.kind is inspect.Parameter.KEYWORD_ONLY
