"""The contract of service.yaml: its models, and how its layers become one spec."""
