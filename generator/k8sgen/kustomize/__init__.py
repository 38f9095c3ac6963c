"""Rendered objects as a kustomize base and overlays; nothing here renders."""
