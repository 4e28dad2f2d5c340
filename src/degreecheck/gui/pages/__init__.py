"""The pages of the student's window, one module per step."""
