"""A Helm chart from the same templates, derived values and rules."""
