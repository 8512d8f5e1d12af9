"""Joins or starts a Ray cluster and puts the pools on it; the only file that starts anything of Ray.

`python -m demos.ray_cluster` puts the pools on the cluster that this machine is a node of, and ends: for
whoever runs it, after a change of the pools' file. A server does it by itself for pools that are not there.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from demos.process import ENVIRONMENT, ROOT
from demos.ray_pools import Pool, read_pools
from demos.ray_replica import replica_class
from demos.settings import settings

log = logging.getLogger("demos.ray_cluster")
LOCAL = "local"
# Ray's maker is not told of us; what does not fit the memory for objects is refused, where Ray would write it to a
# disk: it may be what a visitor gave; and new replicas come seconds after a queue grows, not after two times ten
ENVIRONMENT_OF_RAY = {
    "RAY_USAGE_STATS_ENABLED": "0", "RAY_automatic_object_spilling_enabled": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_SERVE_HANDLE_AUTOSCALING_METRIC_PUSH_INTERVAL_S": "2", "RAY_SERVE_REPLICA_AUTOSCALING_METRIC_PUSH_INTERVAL_S": "2"}
LOGS = {"enable_access_log": False, "log_level": "WARNING"}
LOOK_BACK_S = 12.0  # over which Serve averages the load; it asks for more than 10
NO_RAY = ("LIVE_ENGINE names a Ray cluster, but Ray is not installed. Please install requirements-scale.txt, "
          "or leave LIVE_ENGINE out.")


def address_of(engine: str) -> str:
    """`local`, or HOST:PORT of the head, from what LIVE_ENGINE says; a ValueError for anything else."""
    scheme, _, address = engine.partition("://")
    host, _, port = address.partition(":")
    if scheme != "ray" or not (address == LOCAL or host and port.isdigit()):
        raise ValueError(f"LIVE_ENGINE={engine!r} is not known. Please give ray://local, ray://HOST:PORT, or nothing.")
    return address


def join(address: str) -> None:
    """Make this process part of a cluster: that of the head at HOST:PORT, or a new one for `local`."""
    os.environ.update({name: value for name, value in ENVIRONMENT_OF_RAY.items() if name not in os.environ})
    try:
        import ray
        from ray import serve
    except ImportError as error:
        raise RuntimeError(NO_RAY) from error
    if not ray.is_initialized():
        common: dict[str, Any] = {"log_to_driver": False, "namespace": "live", "logging_level": logging.WARNING}
        if address == LOCAL:
            os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([str(ROOT), *filter(None, sys.path)]))
            ray.init(include_dashboard=False, num_cpus=os.cpu_count(), _node_ip_address="127.0.0.1", **common)
        else:
            ray.init(address=address, **common)
    logging.getLogger("ray.serve").setLevel(logging.WARNING)
    serve.start(proxy_location="Disabled", logging_config=LOGS)


def leave(address: str, handles: Mapping[str, Any]) -> None:
    """Leave the cluster, which goes on; one that `local` started ends."""
    import ray
    from ray import serve

    if ray.is_initialized():
        for handle in handles.values():
            handle.shutdown()
        if address == LOCAL:
            serve.shutdown()
        ray.shutdown()


def put(pools: Sequence[Pool], anew: bool = False) -> dict[str, Any]:
    """A handle for each pool by its name; pools that are not on the cluster are put there, with `anew` all are."""
    from ray import serve

    there = serve.status().applications
    wanted = [pool for pool in pools if anew or pool.application not in there]
    for pool in wanted:
        log.info("putting %s on the cluster: %d methods, %d to %d replicas", pool.application, len(pool.members),
                 pool.lowest, pool.highest)
    if wanted:  # without waiting: they start side by side, and jobs may queue before those that take long
        serve.run_many([serve.RunTarget(_deployment(pool).bind(pool), name=pool.application, route_prefix=None,
                                        logging_config=LOGS) for pool in wanted], wait_for_applications_running=False)
    return {pool.name: serve.get_app_handle(pool.application) for pool in pools}


def _deployment(pool: Pool) -> Any:
    """The pool as Serve's deployment: replicas, their processors, and the queue before them."""
    from ray import serve

    environment = {**ENVIRONMENT, **ENVIRONMENT_OF_RAY}  # paths and the other LIVE_ settings are each node's own
    return serve.deployment(
        replica_class(pool), name=pool.name, max_ongoing_requests=pool.at_once,
        max_queued_requests=pool.queue, graceful_shutdown_timeout_s=5, health_check_period_s=5,
        health_check_timeout_s=20,
        ray_actor_options={"num_cpus": pool.cpus, "num_gpus": pool.gpus, "runtime_env": {"env_vars": environment}},
        autoscaling_config={
            "min_replicas": pool.lowest, "initial_replicas": max(1, pool.lowest), "max_replicas": pool.highest,
            "target_ongoing_requests": pool.wanted, "upscale_delay_s": pool.up_after_s,
            "downscale_delay_s": pool.down_after_s, "look_back_period_s": LOOK_BACK_S})


def main() -> None:
    """Put the pools of LIVE_POOLS on the cluster of LIVE_ENGINE."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    address = address_of(settings().engine)
    if address == LOCAL:
        sys.exit("A cluster of ray://local ends with its server. Please name the head of one that goes on.")
    join(address)
    put(read_pools(), anew=True)


if __name__ == "__main__":
    main()
