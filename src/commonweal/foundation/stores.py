"""Where files are kept, beyond what Django brings."""

from __future__ import annotations

import os
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A folder in which a file is there as a whole or not at all, also after a power cut."""

    def _save(self, name: str, content: File[Any]) -> str:
        """Write beside the place, then move there."""
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as Django does
        beside = f"{path}.part"
        with open(beside, "wb") as file:  # noqa: PTH123 - as Django does
            file.writelines(content.chunks())
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)  # noqa: PTH105 - as Django does
        return name
