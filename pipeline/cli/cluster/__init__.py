"""Builds on a Dask cluster: what goes into each task, and what is made of its answer."""
