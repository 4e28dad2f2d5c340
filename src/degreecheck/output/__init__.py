"""Ways for a report and an application to leave the program."""
