"""A spec as the source of a service that fits it: `templates/app/gin/`, of which most files are plain Go."""
