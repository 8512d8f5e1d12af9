#!/bin/sh
# What a container does: `app` draws pages, `head` leads a Ray cluster and puts the pools on it, `worker` runs models.
# A server with LIVE_ENGINE=ray://HEAD:6379 is a node of that cluster itself, one that takes no jobs.
set -eu
head=${LIVE_ENGINE#ray://}

join() {
    for _ in $(seq 60); do
        ray start --address="$head" "$@" && return
        sleep 2
    done
    exit 1
}

case ${1:-app} in
    app)
        case ${LIVE_ENGINE:-} in "" | ray://local) ;; *) join --num-cpus=0 ;; esac
        exec python -m streamlit run app.py --server.address 0.0.0.0 --server.port 8501
        ;;
    head)
        ray start --head --port="${head#*:}" --num-cpus=0 --include-dashboard=false --block &
        until python -m demos.ray_cluster; do sleep 2; done
        touch /tmp/pools-are-there
        wait
        ;;
    worker)
        join --block
        ;;
    *)
        echo "start.sh app | head | worker" >&2
        exit 2
        ;;
esac
