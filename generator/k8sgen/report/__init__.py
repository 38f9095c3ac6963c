"""What the linter found, in the form that each reader wants: one file per form."""
