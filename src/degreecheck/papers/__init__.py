"""What stands on a paper, found in the lines that a reader read. Pure: lines in, values with their places out.

rows.py     lines → rows of the straight page, with the place of each character
labels.py   rows → values by the labels printed beside or above them (姓名：…)
courses.py  rows → the course table of a transcript
paper.py    all of it for one file, and which papers its words speak of
likeness.py whether what was read is what the form says, another, or not to be told
proposals.py what of it can be filled into a form
"""
