"""Whatever a branch file holds, the answer is a branch or a list of mistakes."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from queueing.branchfile import SAMPLE, BranchFileError, parse

LINES = SAMPLE.read_text(encoding="utf-8").splitlines()
WORDS = [line for line in LINES if line and not line.startswith("#")]
KEYS = sorted({line.split("=")[0].strip() for line in WORDS if "=" in line})
TABLES = ["branch", "zone", "service", "counter", "hours", "priority", "officer", "printer"]

scalars = (
    st.text(max_size=8).map(json.dumps)
    | st.integers().map(str)
    | st.floats().map(str)
    | st.sampled_from(["true", "2027-01-01", "07:30:00", "2027-01-01T07:00:00Z", '""', "{}"])
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | inner.map(lambda value: "{ code = " + value + " }")
    ),
    max_leaves=4,
)
keys = st.sampled_from([*KEYS, "width", "transport", "address", "monday", "closed_days", "pin"])
pairs = st.tuples(keys, values).map(" = ".join)
heads = st.sampled_from(TABLES).flatmap(lambda t: st.sampled_from([f"[{t}]", f"[[{t}]]"]))


def answers_cleanly(text):
    try:
        problems = parse(text).warnings
    except BranchFileError as error:
        problems = error.problems
        assert problems, "a refusal says why"
    assert all(0 < len(problem.worded()) < 1000 for problem in problems)


@given(st.text())
def test_any_text_is_answered_cleanly(text):
    answers_cleanly(text)


@settings(max_examples=200)
@given(st.lists(heads | pairs, max_size=12))
def test_any_tables_and_values_are_answered_cleanly(lines):
    answers_cleanly("\n".join(lines))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WORDS) - 1), values)
def test_the_sample_with_one_value_replaced_is_answered_cleanly(index, value):
    key, equals, _ = WORDS[index].partition("=")
    lines = [*WORDS[:index], f"{key}{equals} {value}" if equals else value, *WORDS[index + 1 :]]
    answers_cleanly("\n".join(lines))
