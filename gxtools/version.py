"""The version of the package, as written into data sets and pages."""

VERSION = "0.1.0"
