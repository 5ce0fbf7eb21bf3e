from pathlib import Path

from commonweal.config import reference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operating" / "settings.md"


def test_the_page_about_settings_is_current():
    assert PAGE.read_text() == reference.markdown()
