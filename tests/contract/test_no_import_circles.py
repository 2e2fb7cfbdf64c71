"""No file imports itself by way of others: within a package, imports have one direction too."""

import pytest

from tests.contract.test_imports_go_one_way import ORDER, ROOT, imports_of


def modules(root, package):
    """Every module of a package, by its dotted name."""
    for path in (root / package).rglob("*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(root, package):
    """For each module the modules of the package that it imports, inside functions too, but not for types alone."""
    known = dict(modules(root, package))
    graph = {name: set() for name in known}
    for name, path in known.items():
        for one in imports_of(path):
            inner = f"{one.module}.{one.name}"
            if not one.for_types:
                graph[name] |= {inner if inner in known else one.module} & known.keys()
    return graph


def circles(graph):
    """The sets of modules that reach each other."""
    reached = {}

    def reach(name):
        found, waiting = set(), [name]
        while waiting:
            for other in graph[waiting.pop()] - found:
                found.add(other)
                waiting.append(other)
        return found

    for name in graph:
        reached[name] = reach(name)
    looping = [name for name in graph if name in reached[name]]
    return {
        frozenset(other for other in looping if other in reached[name] and name in reached[other]) for name in looping
    }


@pytest.mark.slow
@pytest.mark.parametrize("package", ORDER)
def test_no_circle(package):
    assert [sorted(circle) for circle in circles(imports(ROOT, package))] == []


def test_the_check_sees_a_circle(tmp_path):
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "a.py").write_text("def f():\n    from package.b import g\n")
    (tmp_path / "package" / "b.py").write_text("from package import a\n")
    assert circles(imports(tmp_path, "package")) == {frozenset({"package.a", "package.b"})}
