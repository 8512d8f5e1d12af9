"""The work that waits before the worker: bounded by number and by seconds, and each piece shared by all who ask the same."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from typing import Any

from demos.errors import Busy, DemoError
from demos.history import History
from demos.jobs import Job, Request
from demos.remembered import Key
from demos.settings import settings

UNKNOWN_S = 1.0  # what a kind of work counts for that was never done on this machine
MODELLESS = ("look", "forget", "fetch")  # what needs no loaded model
FULL = "{count} jobs are waiting already, about {seconds} seconds of work. Please try again in about {wait} seconds."
LEAST_WAIT_S = 5


@dataclass(eq=False)
class Flight:
    """One piece of work on its way, and the jobs of all visitors who wait for it."""

    number: int
    request: Request
    key: Key | None  # None for work that is never shared
    jobs: list[Job] = field(default_factory=list)
    cold: bool = False  # whether the model had to be loaded first
    sent: float | None = None  # time.monotonic() when the worker was given it
    began: float | None = None  # and when its model began
    units: float | None = None
    guess: float | None = None  # seconds it will take, and those of loading its model, as known when it was asked:
    load_guess: float = 0.0  # looking that up anew for all that wait, whenever one of them is drawn, took half of the server
    alive: float = field(default_factory=time.monotonic)  # last sign of life

    @property
    def name(self) -> str:
        """The model it needs."""
        return f"{self.request.demo}/{self.request.method}"

    @property
    def later(self) -> bool:
        """Whether nobody waits for it: a load for later."""
        return self.request.want == "load"

    def join(self, job: Job) -> Job:
        """One more visitor waits for this."""
        if self.jobs:
            job.fraction, job.partial = self.jobs[0].fraction, self.jobs[0].partial
        job.state, job.units, job.began = "waiting" if self.sent is None else "running", self.units, self.began
        self.jobs.append(job)
        return job

    def tell(self, **news: Any) -> None:
        """Set these on every job."""
        for job in self.jobs:
            for name, value in news.items():
                setattr(job, name, value)

    def finish(self, value: Any = None, error: DemoError | None = None) -> None:
        """The end for everybody; nothing that was given is held on to."""
        for job in self.jobs:
            job.finish(value, error)
        self.jobs.clear()
        self.request = replace(self.request, inputs={})

    def seconds(self) -> float:
        """How long it took when the model was there already: with decoding, without loading."""
        begin = self.began if self.cold and self.began is not None else self.sent
        return self.alive - (begin or self.alive)


class Waiting:
    """Flights in the order they came; loads for later come last. The engine holds its lock around each call but `place`."""

    def __init__(self, history: History) -> None:
        self._history = history
        self.flights: list[Flight] = []
        self._places: tuple[tuple[int, int], dict[int, int]] = ((0, 0), {})

    def add(self, flight: Flight, running: Flight | None, loaded: Iterable[str]) -> None:
        """Put it in the queue. Raises Busy, with how long to wait, where too much is waiting already."""
        ahead = [other for other in self.flights if not other.later]
        left = self.seconds([*ahead, *filter(None, [running])], loaded)
        most = settings()
        flight.guess = self._history.estimate(flight.request)
        flight.load_guess = self._history.estimate_load(flight.request) or 0.0
        # where nobody waits yet there is room, however long the one that runs may take
        if not flight.later and ahead and (len(ahead) >= most.queue or left >= most.queue_s):
            wait = max(LEAST_WAIT_S, 5 * math.ceil(max(left - most.queue_s / 2, 0) / 5))
            raise Busy(FULL.format(count=len(ahead), seconds=max(1, round(left)), wait=wait))
        self.flights.append(flight)

    def first(self, count: int) -> list[Flight]:
        """The first few that somebody waits for."""
        return list(islice((one for one in self.flights if not one.later), count))

    def take(self, flight: Flight | None = None) -> Flight | None:
        """This one, or else the next one, out of the queue."""
        flight = flight or next(iter(self.first(1) or self.flights), None)
        if flight is not None:
            self.flights.remove(flight)
        return flight

    def place(self, flight: Flight, running: Flight | None) -> int:
        """How many come before it; 0 when it is not waiting."""
        if flight.sent is not None:
            return 0
        waiting = tuple(self.flights)
        seen = (len(waiting), waiting[-1].number if waiting else 0)  # numbers only grow: another queue differs in one of them
        if self._places[0] != seen:  # counted once for all who wait, not by each of them
            ahead = accumulate((not one.later for one in waiting), initial=0)
            self._places = (seen, {one.number: count for one, count in zip(waiting, ahead)})
        count = self._places[1].get(flight.number)
        return 0 if count is None else count + (running is not None)

    def estimate(self, flight: Flight, running: Flight | None, loaded: Iterable[str]) -> float | None:
        """Seconds until its answer; None when such work was never done on this machine."""
        if flight.guess is None:
            return None
        ahead = [*filter(None, [running]), *self._before(flight)] if flight in self.flights else []
        return self.seconds([*ahead, flight], loaded)

    def seconds(self, flights: Iterable[Flight], loaded: Iterable[str]) -> float:
        """The work that is left of these, one after another; each model that is not here is loaded once."""
        here, whole = set(loaded), 0.0
        for flight in flights:
            left = flight.guess if flight.units is None else self._history.estimate(flight.request, flight.units)
            left = UNKNOWN_S if left is None else left
            needs_load = flight.request.want not in (*MODELLESS, "load") and flight.name not in here and flight.began is None
            if needs_load:
                left += flight.load_guess
                here.add(flight.name)
            since = flight.began if flight.cold and flight.began is not None else flight.sent
            whole += left if since is None else max(0.0, left - (time.monotonic() - since))
        return whole

    def _before(self, flight: Flight) -> list[Flight]:
        return [other for other in self.flights if not other.later and other.number < flight.number]
