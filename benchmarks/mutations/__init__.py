"""Pages damaged in every way met in the wild, and what the reader makes of each cell.

    python benchmarks/mutations --documents 100000 --seed 1 --workers 2

A page is set once, then damaged many times: each damage changes the tables' cells, which know what they are, and the
page is set again in its format. What may be read in a cell is told by the damaged tables alone (``standing``), by code
that shares nothing with the reader. A cell is right where it holds that figure, told where it is null and a row of
``problems`` names it, flagged where another figure is named so, and silently wrong in all other cases.
"""
