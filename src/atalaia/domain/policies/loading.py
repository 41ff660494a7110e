"""Read the policy files, check every invariant, and build the tree."""

from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path

from atalaia.domain.codes import Domain
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import package_data, read_marked
from atalaia.domain.markets import Markets, load_markets
from atalaia.domain.policies.invariants import check_policies
from atalaia.domain.policies.policy import Policy, PolicyGroup
from atalaia.domain.policies.reading import read_domain, read_group, read_leaves
from atalaia.domain.policies.tree import PolicyTree

__all__ = ["load_policies", "tree_of"]

TREE_FILE = "tree.yaml"


def load_policies(
    folder: Path | None = None, *, markets: Markets | None = None
) -> PolicyTree:
    """Read the package's policies, one file per first-level policy, and check them.

    A file in `folder` replaces the package's file of the same name, or is added; so an
    approved change ships as one file. Raises ReferenceDataError with file and line.
    """
    sources = {source.name: source for source in _yaml_files(package_data("policies"))}
    if folder is not None:
        sources |= {source.name: source for source in _yaml_files(folder)}
    return tree_of(sources.values(), markets=markets or load_markets())


def tree_of(sources: Iterable[Traversable], *, markets: Markets) -> PolicyTree:
    """Build the tree of these files; one of them is `tree.yaml`, with the domains."""
    roots = {source.name: root_of(read_marked(source)) for source in sources}
    head = roots.pop(TREE_FILE)
    head.only("version", "domains", "sources")
    files = tuple(roots[name] for name in _in_order(roots, head=head))
    check_policies(head, files, markets=markets)
    domains = [read_domain(entry) for entry in head.fields("domains")]
    groups, leaves = _read(files, domains={item.id: item.domain for item in domains})
    return PolicyTree(
        version=head.text("version"),
        groups={group.id: group for group in (*domains, *groups)},
        by_id={leaf.id: leaf for leaf in leaves},
        markets=markets,
    )


def _read(
    files: Iterable[Entry], *, domains: dict[str, Domain]
) -> tuple[list[PolicyGroup], list[Policy]]:
    groups: list[PolicyGroup] = []
    leaves: list[Policy] = []
    for root in files:
        domain = domains[root.text("id").partition(".")[0]]
        group = read_group(root, domain=domain)
        groups.append(group)
        leaves += read_leaves(root, group=group)
    return groups, leaves


def _in_order(names: Iterable[str], *, head: Entry) -> list[str]:
    """Order the files by domain as the tree lists them, then by name."""
    domains = [entry.key for entry in head.fields("domains")]

    def place(name: str) -> tuple[int, str]:
        domain = name.partition(".")[0]
        return (domains.index(domain) if domain in domains else len(domains), name)

    return sorted(names, key=place)


def _yaml_files(folder: Traversable) -> list[Traversable]:
    return [item for item in folder.iterdir() if item.name.endswith(".yaml")]
