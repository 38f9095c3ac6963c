"""Turns one short service.yaml into the Kubernetes manifests that a service needs in production."""

__version__ = "0.1.0"
