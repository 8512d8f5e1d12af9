"""What a visitor may read when something goes wrong.

A message is one or two sentences: what is wrong, what is accepted, what to do. It never holds a
path, a traceback or anything the visitor gave. Every other exception is a defect of ours: the
engine logs its kind and shows `Broken` in its place.
"""


class DemoError(Exception):
    """The family; `str(error)` is ready to be shown."""


class BadInput(DemoError):
    """What the visitor gave cannot be used; the message says what can."""


class WeightsMissing(DemoError):
    """The model's weights are not here, or are not the ones the project knows."""


class Busy(DemoError):
    """The queue is full."""


class Stopped(DemoError):
    """The visitor pressed Stop."""


class WorkerLost(DemoError):
    """The worker process ended in the middle of the job."""


class TooSlow(DemoError):
    """The job ran into its time limit."""


class Broken(DemoError):
    """A defect of ours, said politely."""


STOPPED = Stopped("Stopped. Press the button again to start anew.")
