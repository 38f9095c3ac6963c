"""Resolved services become manifests: compiling and printing templates, comments, the output tree."""
