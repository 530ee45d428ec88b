"""The kiosk's own widgets: painted by hand, texts given by the caller."""
