"""Every verb that changes the world looks the same: one transaction, named arguments, an actor."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "commonweal"

# What an action may leave out, and why. `app.*` speaks for all actions of an app.
EXCEPTIONS = {
    "ledger.*": {
        "by": "the money journal lies below people: whoever posts has already asked who may",
        "keywords": "a draft is the one thing that is posted",
    },
    "activity.record": {"keywords": "the kind reads as the sentence's verb"},
}


def public_actions():
    for path in sorted([*SOURCE.glob("*/actions.py"), *SOURCE.glob("*/actions/*.py")]):
        app = path.relative_to(SOURCE).parts[0]
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield pytest.param(node, f"{app}.{node.name}", id=f"{app}.{node.name}")


def faults(node):
    arguments = node.args
    if arguments.args or arguments.posonlyargs:
        yield "keywords"
    if "by" not in [argument.arg for argument in arguments.kwonlyargs]:
        yield "by"
    if "transaction.atomic" not in {
        ast.unparse(one).partition("(")[0] for one in node.decorator_list
    }:
        yield "atomic"


@pytest.mark.parametrize(("node", "name"), [*public_actions()])
def test_an_action_is_one_transaction_with_named_arguments_and_an_actor(node, name):
    app, _, _ = name.partition(".")
    excused = EXCEPTIONS.get(f"{app}.*", {}) | EXCEPTIONS.get(name, {})

    assert set(faults(node)) <= set(excused), f"{name} must be keyword-only, atomic and take `by`"


def test_every_exception_is_still_about_something():
    names = {parameter.values[1] for parameter in public_actions()}
    apps = {name.partition(".")[0] + ".*" for name in names}

    assert set(EXCEPTIONS) <= names | apps
