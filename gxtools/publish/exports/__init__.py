"""A corpus as the files that other programs read: CSV, Excel, Parquet, Stata, SPSS; long or wide, with a codebook."""

from gxtools.publish.exports.exporting import export

__all__ = ["export"]
