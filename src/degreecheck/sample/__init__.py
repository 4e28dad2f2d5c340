"""Draws made-up applicants: their photo and papers, faultless or with chosen faults."""
