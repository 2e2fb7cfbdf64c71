import json
from decimal import Decimal

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.arithmetic.true_digits import certain_digits
from numerics.command_line.output import write_json
from theory.errors import NotFiniteError


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_json_has_no_word_for_what_is_not_finite(tmp_path, value):
    path = tmp_path / "result.json"
    path.write_text("old")
    with pytest.raises(NotFiniteError, match="too large for float64"):
        write_json(str(path), {"depths": [{"exact": value}]})
    assert path.read_text() == "old"


@settings(deadline=None)
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back_from_json_as_they_went_in(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("json") / "result.json"
    write_json(str(path), {"value": value})
    assert json.loads(path.read_text())["value"].hex() == value.hex()


@settings(deadline=None)
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_shown_numbers_keep_ten_digits(value):
    shown = str(certain_digits(arb(value), 10))
    assert abs(Decimal(shown) - Decimal(value)) <= Decimal("1e-9") * abs(Decimal(value))
    assert len(shown) <= 18
