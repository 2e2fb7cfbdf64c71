"""Random spectra: sizes from 1e-12 to 1e12, rank 1, repeated and clustered values, labels that vanish in places."""

from fractions import Fraction

from hypothesis import strategies as st

from theory import Spectrum


def magnitudes(low: int = -12, high: int = 12) -> st.SearchStrategy[float]:
    """Positive floats spread evenly over powers of ten."""
    return st.builds(lambda m, e: m * 10.0**e, st.floats(1, 9.99), st.integers(low, high))


@st.composite
def spectra(draw: st.DrawFn, max_rank: int = 6, low: int = -12, high: int = 12) -> Spectrum:
    rank = draw(st.integers(1, max_rank))
    values = [draw(magnitudes(low, high)) for _ in range(rank)]
    shape = draw(st.sampled_from(["free", "equal", "clustered"]))
    if shape == "equal":
        values = [values[0]] * rank
    elif shape == "clustered":
        values = [values[0] * (1 + k * 2.0**-48) for k in range(rank)]
    signed = st.one_of(st.just(0.0), magnitudes(low, high), magnitudes(low, high).map(lambda x: -x))
    labels = [draw(signed) for _ in range(rank)]
    if not any(labels):
        labels[draw(st.integers(0, rank - 1))] = draw(magnitudes(low, high))
    return Spectrum(sorted(values, reverse=True), labels, n_samples=draw(st.integers(1, 10_000)))


def rationals(low: int = -50, high: int = 50) -> st.SearchStrategy[Fraction]:
    return st.builds(Fraction, st.integers(low, high), st.integers(1, 12))
