"""The window: what is drawn, typed and clicked. Modules that are loaded at the start keep to Qt and small modules."""
