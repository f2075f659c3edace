"""Property tests have no deadline: a machine that is busy makes no test fail."""

from hypothesis import settings

settings.register_profile("cleaner", deadline=None)
settings.load_profile("cleaner")
