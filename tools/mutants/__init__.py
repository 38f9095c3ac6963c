"""Valid objects, broken in one place each, to ask a server and a validation about the same texts."""
