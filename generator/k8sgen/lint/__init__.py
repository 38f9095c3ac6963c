"""Judging anybody's manifests: what is wrong with them, where, why, and how to mend it."""
