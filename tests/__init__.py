"""The tests of gxtools."""
