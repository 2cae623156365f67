"""What other programs send: a question, a statement, a conversation; each bounded."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from qa.cli.flags import Scope, scope_of

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Said(BaseModel):
    """What went wrong, in a sentence."""

    message: str
    type: str


class Refusal(BaseModel):
    """How every request is refused."""

    error: Said


class Searched(BaseModel):
    """What may be searched; dates in any form ("2024-01-21", "January 2024", "last month")."""

    model_config = ConfigDict(extra="forbid")
    since: Name | None = None
    until: Name | None = None
    as_of: Name | None = None
    publishers: list[Name] = Field(default_factory=list, max_length=100)

    def scope(self) -> Scope:
        """The same as days and filters."""
        return scope_of(self.since, self.until, tuple(self.publishers), self.as_of)


class Question(Searched):
    """A question; with `stream`, its answer comes as server-sent events."""

    question: Text
    stream: bool = False


class Statement(Searched):
    """A statement or a paragraph to be checked."""

    statement: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class Message(BaseModel):
    """A message of a chat client: text, or parts of which those of text are read."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        """What it says."""
        if isinstance(self.content, list):
            return "\n".join(str(part.get("text", "")) for part in self.content if part.get("type") == "text")
        return self.content or ""


class Chat(BaseModel):
    """A conversation as chat clients send it; what else they send has no meaning here."""

    model: str = Field("dateline", max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=200)
    stream: bool = False
