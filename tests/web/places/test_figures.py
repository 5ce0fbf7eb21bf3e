import subprocess
import sys

from commonweal.ledger import actions
from commonweal.ledger.models import Chart, Kind, Purpose


def test_who_adds_the_published_figures_up_gets_the_totals(till, brussels, signed_out, tmp_path):
    till.gift(100_00)
    till.expense(10_00)
    other = actions.open_account(
        purpose=Purpose.FUNDS, currency="EUR", party=4711, host=till.host.pk, place=brussels.pk
    ).pk
    till.post(Kind.TRANSFER, None, Chart.TRANSFERS_OUT, [],
              (till.funds(), -20_00, Kind.TRANSFER), (other, 20_00, Kind.TRANSFER))  # fmt: skip
    files = [tmp_path / name for name in ("figures.py", "figures.csv", "figures.json")]
    addresses = (
        "/places/figures.py",
        "/places/brussels/figures.csv",
        "/places/brussels/figures.json",
    )
    for file, address in zip(files, addresses, strict=True):
        file.write_text(signed_out(address))

    run = [sys.executable, *map(str, files)]
    right = subprocess.run(run, capture_output=True, text=True, check=False)

    assert right.returncode == 0, right
    assert '"raised": "10000", "spent": "1500"' in right.stdout
    assert "between groups of this place" in files[1].read_text()
    files[1].write_text(files[1].read_text().replace(",2000,", ",2001,", 1))
    assert subprocess.run(run, capture_output=True, check=False).returncode == 1
