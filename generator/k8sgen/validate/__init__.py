"""Would Kubernetes take this object? Schemas, the API server's own rules, and fields switched on too late.

- `schemas`: the structure, from the strict schemas of each Kubernetes version and from CRDs
- `apiserver`: the rules that the API server holds in code and no schema shows
- `availability`: fields that the target version would drop without a word

Each gives `Violation`s on plain objects; the callers know the files and lines.
"""
