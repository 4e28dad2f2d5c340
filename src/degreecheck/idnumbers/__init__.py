"""The numbers of an application, one module per format.

Every format offers the same three functions: ``compact(text)`` gives the number as it should be written (folded),
``validate(text)`` gives its parts (or the compact number, where it has none) or raises an `errors.InvalidNumber` that
says how it is wrong, ``is_valid(text)`` answers yes or no. Only what is certain makes a number invalid: national
standards and the lengths that the manual states. A layout known from hearsay (confidence B in the field's sources) is
an attribute of the parts for a caller to ask about, never an exception.

Nothing here reads a clock, a file or the network, keeps a number, or writes one into an exception's text. Any text at
all is legal input.
"""
