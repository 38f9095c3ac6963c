"""The settings that runtimes read from the environment, computed from the limits of the main container."""
