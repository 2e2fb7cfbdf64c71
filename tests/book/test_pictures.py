"""The words around a picture's panels have room."""

from itertools import combinations, compress

import pytest
from matplotlib.transforms import Bbox

from book.rendering.picture import panels, picture


def words(figure):
    """Where everything that is written around the panels of a drawn figure stands, without empty words."""
    renderer = figure.canvas.get_renderer()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = axis.get_view_interval()
            seen = [low <= place <= high for place in axis.get_majorticklocs()]
            yield Bbox.union([label.get_window_extent(renderer) for label in compress(axis.get_ticklabels(), seen)])
            yield axis.label.get_window_extent(renderer)
        yield axes.title.get_window_extent(renderer)
    yield from (legend.get_window_extent(renderer) for legend in figure.legends)


@pytest.mark.parametrize("largest", [0.0003, 1.2, 100_000.0])
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_no_words_are_cut_or_written_over_others(rows, largest):
    with panels(rows, 3.0 * rows, squeeze=False) as (figure, axes):
        for place, (one,) in enumerate(axes):
            one.plot([0, largest], [-largest, largest], label="a run")
            one.set(xlabel="step", ylabel="sharpness $S$", title="" if place else "a title", xlim=(0, largest))
        figure.legend(loc="outside upper center")
    picture(figure, "", "")
    boxes = [box for box in words(figure) if box.height] + [axes.bbox for axes in figure.axes]
    whole = Bbox.union([figure.bbox, *boxes])
    assert whole.extents == pytest.approx(figure.bbox.extents, abs=0.5)
    for one, other in combinations(boxes, 2):
        shared = Bbox.intersection(one, other)
        assert shared is None or min(shared.size) < 0.5
