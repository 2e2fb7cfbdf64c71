"""Files that may come from anyone: what one declares is checked before it is believed."""
