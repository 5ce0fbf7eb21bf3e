"""Fill the currencies and the chart of categories."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from commonweal.foundation.money import EXPONENTS
from commonweal.ledger.models import FIRST_OUTGOING, Chart


def fill(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Add a row for each currency and each line of the chart."""
    currency = apps.get_model("ledger", "Currency")
    currency.objects.bulk_create(
        currency(code=code, exponent=exponent) for code, exponent in EXPONENTS.items()
    )
    category = apps.get_model("ledger", "Category")
    category.objects.bulk_create(
        category(
            id=line.value,
            slug=line.name.lower().replace("_", "-"),
            incoming=line.value < FIRST_OUTGOING,
        )
        for line in Chart
    )


class Migration(migrations.Migration):
    """Fill them once."""

    dependencies = [("ledger", "0005_advance")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
