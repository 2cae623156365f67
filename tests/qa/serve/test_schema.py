"""Schemathesis calls what no language model answers, in every way that the API's description allows and forbids."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi", reason="the extra `serve` is not installed")
schemathesis = pytest.importorskip("schemathesis", reason="it comes with the extra `dev`")
from hypothesis import HealthCheck, given, settings  # noqa: E402
from schemathesis import GenerationMode  # noqa: E402
from schemathesis.specs.openapi.checks import positive_data_acceptance  # noqa: E402

from qa.search.retriever import HybridRetriever  # noqa: E402
from qa.serve.api import api  # noqa: E402
from tests.qa.serve import conftest  # noqa: E402

_KEY = {"Authorization": "Bearer key"}
_BY_A_MODEL = "^/(ask|check|v1/chat)"
_EXAMPLES = 20


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_is_described(retriever: HybridRetriever, mode: GenerationMode) -> None:
    app = api(conftest.given(retriever), "key")
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=_KEY)
    calls = 0
    for found in schema.exclude(path_regex=_BY_A_MODEL).get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not operation.query:
            continue  # There is nothing that could be wrong.

        @settings(
            max_examples=_EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def call(case: schemathesis.Case) -> None:
            nonlocal calls
            calls += 1
            # Days are read in any form, so what is none is refused by no rule of the description.
            case.call_and_validate(headers=_KEY, excluded_checks=[positive_data_acceptance])

        call()
    assert calls > _EXAMPLES
