"""What the server has done, counted for Prometheus: jobs, seconds, refusals, queue, memory; nothing of what anybody gave.

The only words in it are the names of demos, methods, kinds of jobs and kinds of errors, all of which are this
project's own, so that there are never more rows than those.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import psutil
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4 as MEDIA_TYPE
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

if TYPE_CHECKING:
    from demos.jobs import Job

__all__ = ["MEDIA_TYPE", "ended", "refused", "text"]

KIND = ("demo", "method", "want")
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
COUNTED = CollectorRegistry()
ProcessCollector(registry=COUNTED)  # memory, processor time and open files of this process
JOBS = Counter("live_jobs", "Jobs that ended; end is done, or the kind of error that the visitor read",
               (*KIND, "end"), registry=COUNTED)
SECONDS = Histogram("live_job_seconds", "From being asked to the end, the queue included, of jobs that were answered",
                    KIND, buckets=BUCKETS, registry=COUNTED)
WORK = Histogram("live_work_seconds", "From the model's begin to the end, of jobs that were answered",
                 KIND, buckets=BUCKETS, registry=COUNTED)
QUEUED = Gauge("live_waiting_jobs", "Jobs in the queue now", registry=COUNTED)
RUNNING = Gauge("live_running_jobs", "Jobs that are carried out now", registry=COUNTED)
ALIVE = Gauge("live_engine_up", "1 while models can be asked", registry=COUNTED)
MODELS = Gauge("live_model_bytes", "Memory of each loaded model", ("demo", "method"), registry=COUNTED)
REPLICAS = Gauge("live_replicas", "Processes of each pool of a Ray cluster", ("pool",), registry=COUNTED)
WORKER = Gauge("live_worker_resident_bytes", "Memory of the worker process beside this server", registry=COUNTED)
WORKER_CPU = Gauge("live_worker_cpu_seconds", "Processor time of that process since it was started", registry=COUNTED)


def ended(job: Job) -> None:
    """Count a job at its end; called by the job itself, once."""
    asked = job.request
    kind = (asked.demo, asked.method, asked.want)
    JOBS.labels(*kind, "done" if job.error is None else type(job.error).__name__).inc()
    if job.error is None:
        now = time.monotonic()
        SECONDS.labels(*kind).observe(now - job.asked)
        if job.began is not None:
            WORK.labels(*kind).observe(now - job.began)


def refused(demo: str, method: str, want: str) -> None:
    """Count a job that was not even taken, because too many were waiting."""
    JOBS.labels(demo, method, want, "Busy").inc()


def text(status: Mapping[str, Any]) -> bytes:
    """All of it as Prometheus reads it; `status` is the engine's own account of this moment."""
    QUEUED.set(status["waiting"])
    RUNNING.set(int(status["running"]))
    ALIVE.set(status["alive"])
    MODELS.clear()
    for key, megabytes in status["loaded"].items():
        MODELS.labels(*key.split("/")).set(megabytes * 2**20)
    REPLICAS.clear()
    for pool, count in status.get("replicas", {}).items():
        REPLICAS.labels(pool).set(count)
    memory, seconds = _of_process(status["pid"])
    WORKER.set(memory)
    WORKER_CPU.set(seconds)
    return generate_latest(COUNTED)


def _of_process(pid: int) -> tuple[float, float]:
    """Bytes and processor seconds of the worker; 0 where there is none, or it is being started again."""
    try:
        process = psutil.Process(pid) if pid else None
        if process is None:
            return 0.0, 0.0
        return float(process.memory_info().rss), sum(process.cpu_times()[:2])
    except psutil.Error:
        return 0.0, 0.0
