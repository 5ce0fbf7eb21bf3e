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
        "atomic": "posting is one call of one SQL function, atomic by itself",
    },
    "transparency.*": {"by": "the log lies below people: it proves what others did"},
    "transparency.advance": {
        "atomic": "what cannot be signed is in the tree all the same: it raises after the commit"
    },
    "transparency.ask_witnesses": {
        "atomic": "it calls others, and writes down what each said in a transaction of its own"
    },
    "transparency.publish": {
        "atomic": "it changes no row; each file is there as a whole or not at all"
    },
    "demo.build": {
        "by": "everybody in the city acts in it",
        "atomic": "three years are not one transaction; a half-built city is begun anew",
    },
    "discovery.list_anew": {
        "by": "nobody asks for it: it repeats what others did, in the words of a search"
    },
    "discovery.trace": {"by": "nobody asks for it: it repeats what the ledger says of each gift"},
    "discovery.trace_anew": {
        "by": "nobody asks for it: it repeats what the ledger says of each gift"
    },
    "banking.take": {
        "atomic": "a large file is read before the transaction in which all of it is stored"
    },
    "banking.place_new": {
        "atomic": "some lines at a time are a transaction, so that it may stop anywhere"
    },
    "activity.record": {"keywords": "the kind reads as the sentence's verb"},
}


def public_actions():
    """Yield every action; of a package, those that its front door offers."""
    for folder in sorted(SOURCE.iterdir()):
        front_door = folder / "actions" / "__init__.py"
        offered = offered_by(front_door) if front_door.exists() else None
        for path in [*folder.glob("actions.py"), *sorted(folder.glob("actions/*.py"))]:
            for node in ast.parse(path.read_text()).body:
                is_public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                if is_public and (offered is None or node.name in offered):
                    name = f"{folder.name}.{node.name}"
                    yield pytest.param(node, name, id=name)


def offered_by(front_door):
    return {
        alias.name
        for node in ast.parse(front_door.read_text()).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


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
