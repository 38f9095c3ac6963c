"""Answers to "why is this value what it is, and who set it?"."""
