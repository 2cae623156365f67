"""The server's log: a JSON object a line. No question and no document's words are in it unless asked for."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


class Lines(logging.Formatter):
    """Writes a record with its time, its request, and what stands in its `told`."""

    def __init__(self, *, with_text: bool) -> None:
        super().__init__()
        self._with_text = with_text

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": self._event(record),
            "request_id": request_id.get(),
        }
        line |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1] is not None:
            line |= self._error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    def _event(self, record: logging.LogRecord) -> str:
        """What happened; of other packages only where: what they say may hold a question."""
        if self._with_text or record.name.startswith("qa."):
            return record.getMessage()
        return f"{record.name}, line {record.lineno}"

    def _error(self, error: BaseException) -> dict[str, Any]:
        frames = traceback.extract_tb(error.__traceback__)
        at = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return {"error": type(error).__name__, "at": at} | ({"says": str(error)} if self._with_text else {})


def to_stderr(*, with_text: bool) -> None:
    """Sends what this program logs to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(with_text=with_text))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("qa").setLevel(logging.INFO)
