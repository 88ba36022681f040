"""What leaves the package: notebooks as pages or live in JupyterLab, and the report card; all without a network."""
