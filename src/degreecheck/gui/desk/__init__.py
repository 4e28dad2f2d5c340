"""The counselor's half of the window: many applicants in a table."""
