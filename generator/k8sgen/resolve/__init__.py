"""What follows from a spec: derived values, each with its reason, and rules that refuse what cannot work."""
