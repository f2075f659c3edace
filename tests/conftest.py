"""What all tests want of the process they run in."""

import signal

from hypothesis import settings

settings.register_profile("cleaner", deadline=None)  # a busy machine makes no test fail
settings.load_profile("cleaner")

# What a shell starts in the background ignores Ctrl-C, and so would all that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
