"""Every table that holds money says in which currency, and every model shows itself."""

import pytest
from django.apps import apps

MODELS = [model for model in apps.get_models() if model.__module__.startswith("commonweal.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_money_has_its_currency_beside_it(model):
    names = {field.name for field in model._meta.get_fields()}
    amounts = {name for name in names if name.endswith("_minor")}

    assert not amounts or "currency" in names


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_nothing_happens_behind_a_save(model):
    assert "save" not in vars(model)
    assert "delete" not in vars(model)
