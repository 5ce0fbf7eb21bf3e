"""Pretend banks that write MT940, CODA and CSV, as `commonweal.demo.statements` writes camt."""

from __future__ import annotations

from commonweal.banking.rules.statements import Line
from commonweal.foundation.money import Money


def mt940(lines: list[Line], *, account: str, opening: Money, number: int = 1) -> bytes:
    """Return a statement with the slashed details of Dutch and Belgian banks."""
    closing = sum((line.amount for line in lines), start=opening)
    days = [line.booked_on for line in lines]
    text = [
        f":20:{number}", f":25:{account} EUR", f":28C:{number:05}/001",
        f":60F:{_mt(opening)[0]}{min(days):%y%m%d}EUR{_mt(opening)[1]}",
    ]  # fmt: skip
    for line in lines:
        side, amount = _mt(line.amount)
        side = f"R{'D' if side == 'C' else 'C'}" if line.is_return else side
        on = f"{line.booked_on:%y%m%d}{line.booked_on:%m%d}"
        code = line.code or "NTRF"
        text.append(f":61:{on}{side}{amount}{code}NONREF//{line.bank_ref or 'NONREF'}")
        said = f"/IBAN/{line.iban}" if line.iban else ""
        said += f"/NAME/{line.name}" if line.name else ""
        said += f"/RTRN/{line.reason}" if line.reason else ""
        said += f"/EREF/{line.end_to_end_id}" if line.end_to_end_id else ""
        said += f"/REMI/STRD/CUR/{line.reference}" if line.reference else f"/REMI/{line.text}"
        text.append(":86:" + "\n".join(said[at : at + 65] for at in range(0, len(said), 65)))
    text += [f":62F:{_mt(closing)[0]}{max(days):%y%m%d}EUR{_mt(closing)[1]}", "-"]
    return "\n".join(text).encode()


def _mt(amount: Money) -> tuple[str, str]:
    return "C" if amount.minor >= 0 else "D", f"{abs(amount.decimal):f}".replace(".", ",")


def coda(lines: list[Line], *, account: str, opening: Money, number: int = 1) -> bytes:
    """Return a statement of a Belgian bank."""
    closing = sum((line.amount for line in lines), start=opening)
    days = [line.booked_on for line in lines]
    whose = f"{account:<34}EUR"
    records = [
        f"00000{max(days):%d%m%y}30005{' ' * 111}2",
        f"12{number:03}{whose}{_coda(opening)}{min(days):%d%m%y}{'HOST':<26}{' ' * 35}{number:03}",
    ]
    for at, line in enumerate(lines, start=1):
        records += _movement(line, at % 10000)
    records.append(f"8{number:03}{whose}{_coda(closing)}{max(days):%d%m%y}{' ' * 64}0")
    out = -sum(line.amount.minor for line in lines if line.amount.minor < 0)
    come = sum(line.amount.minor for line in lines if line.amount.minor > 0)
    records.append(f"9{' ' * 15}{len(records) - 1:06}{out * 10:015}{come * 10:015}{' ' * 75}2")
    assert {len(one) for one in records} == {128}
    return "\n".join(records).encode("latin-1")


def _movement(line: Line, at: int) -> list[str]:
    digits = line.reference.strip("+").replace("/", "")
    structured = f"1101{digits:<50}" if digits.isdigit() and len(digits) == 12 else ""
    said = "" if structured else line.text or line.reference
    reason = f"2{line.reason:<4}" if line.reason else " " * 5
    code = "08037000" if line.code.endswith("CHRG") else "00150000"
    one = (
        f"21{at:04}0000{line.bank_ref:<21}{_coda(line.amount)}{line.booked_on:%d%m%y}{code}"
        f"{structured or '0' + said[:53].ljust(53)}{line.booked_on:%d%m%y}00010 0"
    )
    two = f"22{at:04}0000{said[53:106]:<53}{line.end_to_end_id:<35}{' ' * 14}{reason}{' ' * 8}1 0"
    three = f"23{at:04}0000{line.iban:<34}EUR{line.name:<35}{said[106:149]:<43}0 1"
    return [one[:125] + "1" + one[126:], two, three]


def _coda(amount: Money) -> str:
    return f"{int(amount.minor < 0)}{abs(amount.minor) * 10:015}"


def table(lines: list[Line], *, headers: str = "Date;Amount;Name;IBAN;Communication") -> bytes:
    """Return a CSV with a decimal comma."""
    rows = [
        f"{line.booked_on:%d/%m/%Y};{str(line.amount.decimal).replace('.', ',')};{line.name};"
        f"{line.iban};{line.reference or line.text}"
        for line in lines
    ]
    return "\r\n".join([headers, *rows]).encode("cp1252")
