"""One process of a Ray cluster that carries out jobs: what `demos/worker.py` is on one machine.

Ray Serve starts and ends these processes, keeps the queue before them, and brings Stop here by cancelling
`ask`. What a visitor gave is decoded anew for each job and forgotten with it, so that nothing of it waits
in the memory of a process that many visitors share.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, suppress
from functools import partial
from typing import Any

from demos import get_demo
from demos.decoding import Decoder
from demos.engine import LOAD_LIMIT_S, SLOW
from demos.errors import DemoError, TooSlow
from demos.jobs import Request
from demos.loaded import LoadedModels
from demos.ray_batches import answer_together, can_be_together
from demos.ray_pools import Pool
from demos.settings import settings
from demos.work import Worker
from demos.worker import STUCK_AFTER_S, Task, describe

log = logging.getLogger("demos.ray_replica")
NO_MODEL = ("look", "forget", "load")  # wants for which no model need be here
Message = tuple[Any, ...]


class Replica:
    """Carries out the jobs of a pool, `pool.at_once` at a time; each in a thread, so that Stop is heard at once."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.models = LoadedModels(pool.memory_mb, settings().device if pool.gpus else "cpu")
        self.decoder = Decoder()
        if len(pool.members) == 1:  # a process for one method alone is ready once its model is
            demo, method = pool.members[0].split("/")
            with suppress(DemoError):  # weights that are not here: each job will say so
                for _ in Worker(self.models, self.decoder).work(Request(demo, method, want="load")):
                    pass

    async def state(self) -> dict[str, Any]:
        """Device, decoder and what is loaded, as `LocalEngine.status` has them; and this process's id."""
        return {"device": self.models._wanted, "loaded": self.models.loaded(), "decoder": self.decoder.confined or "",
                "pid": os.getpid()}

    async def ask(self, number: int, request: Request) -> AsyncIterator[Message]:
        """Carry out one job; yield what `demos/worker.py` sends: begun, started, part, and done or failed."""
        yield "begun", number
        try:
            if request.want not in NO_MODEL:
                async with asyncio.timeout(LOAD_LIMIT_S):
                    await self.hold(f"{request.demo}/{request.method}")
            if self.pool.batch > 1 and await asyncio.to_thread(can_be_together, self.models, request):
                yield "started", number, 1.0
                yield await self.one_of_many(number, request)
                return
        except DemoError as error:
            yield "failed", number, type(error).__name__, str(error)
            return
        except TimeoutError:
            yield "failed", number, TooSlow.__name__, SLOW.format(limit=LOAD_LIMIT_S)
            return
        async with aclosing(self._alone(number, request)) as messages:
            async for message in messages:
                yield message

    async def hold(self, key: str) -> Any:
        """See that a model is loaded; where several share this process, Serve counts and remembers them."""
        await asyncio.to_thread(self.load, key)

    def load(self, key: str) -> None:
        """Load a model now; its DemoError says why it cannot be."""
        demo, method = key.split("/")
        self.models.get(get_demo(demo), get_demo(demo).method(method))

    async def _alone(self, number: int, request: Request) -> AsyncIterator[Message]:
        """One job in a thread of its own, until it ends, hangs or is stopped."""
        loop, heard = asyncio.get_running_loop(), asyncio.Queue[Message]()
        task = Task(number, request, Worker(self.models, self.decoder), partial(loop.call_soon_threadsafe, heard.put_nowait))
        task.start()
        limit_s = get_demo(request.demo).time_limit_s
        silent_s = limit_s + LOAD_LIMIT_S
        try:
            while True:
                async with asyncio.timeout(silent_s):
                    message = await heard.get()
                silent_s = limit_s
                yield message
                if message[0] in ("done", "failed"):
                    return
        except TimeoutError:
            yield "failed", number, TooSlow.__name__, SLOW.format(limit=silent_s)
        finally:  # also when Serve cancels: the visitor pressed Stop, or is gone
            task.stop_now()
            self.decoder.stop(task)
            await self._let_go(task)

    async def _let_go(self, task: Task) -> None:
        """Hold the place of a stopped job until its thread ends; one that never ends takes this process along."""
        end = time.monotonic() + STUCK_AFTER_S
        while task.is_alive():
            if time.monotonic() > end:
                log.warning("a stopped job does not end; starting anew")
                os._exit(3)
            await asyncio.sleep(0.02)

    async def one_of_many(self, number: int, request: Request) -> Message:
        """The answer to a request that may be computed together with others; Serve gathers them in `together`."""
        try:
            outcome = await self.together(request)
        except Exception as error:
            return "failed", number, "Broken", describe(error, number)
        if isinstance(outcome, DemoError):
            return "failed", number, type(outcome).__name__, str(outcome)
        return "done", number, outcome

    async def together(self, request: Request) -> Any:
        """Replaced by `replica_class` where the pool has batches."""
        raise NotImplementedError


class Held:
    """A model that Serve counts; when Serve lets go of it, it is put away."""

    def __init__(self, models: LoadedModels, key: str) -> None:
        self._models, self._key = models, key

    def __del__(self) -> None:
        self._models.put_away(*self._key.split("/"))


def replica_class(pool: Pool) -> type[Replica]:
    """The replicas of one pool: with Serve's own counting of models and gathering of batches where it wants them."""
    from ray import serve

    members: dict[str, Callable[..., Any]] = {}
    if len(pool.members) > 1:
        async def hold(self: Replica, key: str) -> Held:
            await Replica.hold(self, key)
            return Held(self.models, key)

        members["hold"] = serve.multiplexed(max_num_models_per_replica=pool.models)(hold)
    if pool.batch > 1:
        async def together(self: Replica, requests: list[Request]) -> list[Any]:
            return await asyncio.to_thread(answer_together, self.models, requests, self.decoder)

        members["together"] = serve.batch(max_batch_size=pool.batch, batch_wait_timeout_s=pool.batch_wait_s)(together)
    return type("Replica", (Replica,), members)
