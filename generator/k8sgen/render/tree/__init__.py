"""The output tree, made what a run says it should be, wholly or not at all."""

from k8sgen.render.marker import Marker, marker_line, read_marker
from k8sgen.render.tree.journal import recover
from k8sgen.render.tree.look import Change
from k8sgen.render.tree.ownership import LIST, Listed, Marked, Ownership, with_list
from k8sgen.render.tree.plan import Counts, Plan, plan_tree, write_tree

__all__ = [
    "LIST",
    "Change",
    "Counts",
    "Listed",
    "Marked",
    "Marker",
    "Ownership",
    "Plan",
    "marker_line",
    "plan_tree",
    "read_marker",
    "recover",
    "with_list",
    "write_tree",
]
