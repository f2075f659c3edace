"""Measure the program, and its peers, on public data sets: loaders, metrics, floors."""
