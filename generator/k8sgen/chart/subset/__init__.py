"""Whether a derived value or rule stays in what Python and Helm say alike, before it is written as a helper.

The syntax tree is walked with the types of the annotations and the bounds of the models. What the two
languages read in two ways is refused where it stands: division of what may be negative, use of what
may be absent, a list with two names, an answer of another type than the one that is promised.
"""

from __future__ import annotations

from k8sgen.chart.subset.function import check_function
from k8sgen.chart.subset.rule import check_rule

__all__ = ["check_function", "check_rule"]
