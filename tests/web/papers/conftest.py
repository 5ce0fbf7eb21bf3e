"""What papers are about, as in tests/papers."""

from papers.conftest import came, guest, known  # noqa: F401 - fixtures
