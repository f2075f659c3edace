"""The data sets' own metrics, each implemented from its definition."""
