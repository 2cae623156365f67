"""What the built-in model's lower layers make of a text."""

from __future__ import annotations

import numpy as np
import pytest

from qa.core.settings import Settings
from qa.models import states
from qa.models.states import States

TEXT = "The line from Karo to Lenz carries 500 kV."


@pytest.mark.llm
def test_what_reads_adapted_and_what_does_not_leave_each_other_alone() -> None:
    plain, adapted = States(Settings()), States(Settings(), adapted=True)
    try:
        first = plain.of(TEXT)
        taught = adapted.of(TEXT)
        again = plain.of(TEXT)
    finally:
        states.stop()
    assert np.array_equal(first, again)
    assert not np.allclose(first, taught, atol=0.1)
