"""The counselor's desk: many applicants, a roster, and what is sent to each."""
