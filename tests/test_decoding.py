"""The process that reads files: a broken one ends one upload only, it may do next to nothing, and gives what the input gives."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

import file_makers as makers
import scan_makers as scans
from conftest import gone, run_apart
from demos import carried
from demos.decoding import DIED, SLOW, Decoder
from demos.document_files import Document
from demos.errors import BadInput, DemoError, Stopped, TooSlow
from demos.inputs import DocumentInput, PictureInput, ScanInput, SoundInput, TableInput, VideoInput, VolumeInput
from demos.results import Volume
from demos.series_files import SERIES, Numbers
from demos.teach_it.examples import SAMPLES, TaughtInput


@pytest.fixture
def engine(fake_demos: None) -> Iterator["LocalEngine"]:  # noqa: F821
    from demos.engine import LocalEngine

    engine = LocalEngine()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    one = Decoder()
    yield one
    one.close()


def read(engine, way: str, number: int = 0) -> str:
    """What the model says of a file; the number makes it another one."""
    return engine.submit("breaking", "one", {"file": f"{way} {number}".encode()}).result(30).result.text


def well(engine, number: int = 0) -> list[str]:
    """The worker's process and its load, from a good file."""
    return read(engine, "well", number).split()[-2:]


BREAKS = {"crash": DIED, "abort": DIED, "exit": DIED, "eat": "more memory than there is", "eat_slowly": "more memory than there is",
          "eat_in_c": DIED, "huge": DIED, "hang": SLOW, "sleep": SLOW, "refuse": "This is refused"}


def test_a_file_that_breaks_its_reader_ends_one_upload_and_the_models_stay(engine) -> None:
    before = well(engine)
    for number, (way, says) in enumerate(BREAKS.items(), 1):
        began = time.monotonic()
        with pytest.raises(DemoError, match=says[:60]) as told:
            read(engine, way)
        assert isinstance(told.value, TooSlow if says == SLOW else BadInput)
        assert time.monotonic() - began < 30
        assert well(engine, number) == before, "the worker or its model is another one"


def test_a_file_that_breaks_its_reader_does_so_once(engine) -> None:
    well(engine)
    for method in ("one", "two", "one"):
        began = time.monotonic()
        with pytest.raises(TooSlow):
            engine.submit("breaking", method, {"file": b"hang once"}).result(30)
    assert time.monotonic() - began < 1.0


def reader_of(engine) -> int:
    """The process that reads for the engine's worker."""
    (reader,) = psutil.Process(engine.status()["pid"]).children()
    return reader.pid


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_stop_ends_a_file_that_is_being_read_and_the_next_is_answered(engine) -> None:
    before = well(engine)
    job, reader = engine.submit("breaking", "one", {"file": b"sleep"}), reader_of(engine)
    time.sleep(0.3)
    job.cancel()
    with pytest.raises(Stopped):
        job.result(1)
    assert gone(reader, 2.0), "it waited for the file's own limit of three seconds"
    assert well(engine, 1) == before


def test_a_defect_in_reading_is_said_politely_and_without_the_visitors_words(fake_demos: None) -> None:
    code = ("from demos.engine import LocalEngine\ne = LocalEngine()\n"
            "job = e.submit('breaking', 'one', {'file': b'defect my-secret-words'})\n"
            "job.wait(20)\nprint(type(job.error).__name__, job.error)\ne.close()")
    run = run_apart(code)
    assert run.stdout.startswith("Broken Something went wrong on our side")
    assert "ValueError at files.py" in run.stderr and "my-secret-words" not in run.stderr + run.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can take calls away")
def test_the_reader_may_read_and_nothing_else(engine) -> None:
    from fake_demos.breaking.files import ALLOWED, POWERS

    def could(way: str, names: dict[str, Any]) -> set[str]:
        given = read(engine, way).split("]")[0].strip("[").split(", ")
        return {name for name, done in zip(names, given, strict=True) if "1" in done}

    assert could("powers", POWERS) == set()
    end = time.monotonic() + 10
    while not engine.status()["decoder"] and time.monotonic() < end:
        time.sleep(0.05)  # it is told after the answer
    assert "seccomp" in engine.status()["decoder"]
    assert could("allowed", ALLOWED) == set(ALLOWED)


def test_the_powers_are_there_outside(fake_demos: None) -> None:
    """Shows that the test above could fail."""
    from fake_demos.breaking.files import POWERS, tried

    assert all(tried(POWERS[name]) for name in ("socket", "unix", "pair", "program", "signal", "many_files"))


def test_what_is_read_there_is_what_is_read_here(decoder: Decoder) -> None:
    for item, raw in ((PictureInput(), makers.saved(makers.photo(), "JPEG")), (SoundInput(), makers.short_sounds()["mp3"]),
                      (ScanInput(), scans.dicom()), (ScanInput(), scans.nifti(scans.body(), packed=True)),
                      (VideoInput(), makers.film(sound=False))):
        here, there = item.read(raw), decoder(item, raw, {})
        assert (here == there).all() and here.dtype == there.dtype and here.shape == there.shape
    assert decoder(TableInput(), b"text,stars\ngood,5\nbad,1\n", {"form": "auto"}) == TableInput().read(b"text,stars\ngood,5\nbad,1\n")
    document = decoder(DocumentInput(), "Größe und ein Satz.".encode(), {})
    assert isinstance(document, Document) and document.pages == ("Größe und ein Satz.",) and document.kept == {}
    volume = decoder(VolumeInput(), scans.nifti(scans.body()), {})
    here = VolumeInput().read(scans.nifti(scans.body()))
    assert isinstance(volume, Volume) and (volume.values == here.values).all() and volume.sizes == here.sizes
    numbers = decoder(SERIES, "\n".join(map(str, range(100))).encode(), {})
    assert isinstance(numbers, Numbers) and numbers.values.tolist() == [*range(100)]


def test_a_lesson_comes_back_whole(decoder: Decoder) -> None:
    raw = (SAMPLES / "smiles.safetensors").read_bytes()
    here, there = TaughtInput().read(raw), decoder(TaughtInput(), raw, {})
    assert here.names == there.names and (here.thumbs == there.thumbs).all() and here.counts == there.counts
    assert all((here.heads[one].weights == there.heads[one].weights).all() for one in here.heads)


def test_the_reader_loads_no_model_library(decoder: Decoder) -> None:
    with open(f"/proc/{decoder._child.pid}/maps") as file:
        mapped = file.read()
    assert "libav" in mapped and not any(name in mapped for name in ("torch", "onnxruntime", "ctranslate2", "cv2"))


def test_a_reader_that_was_killed_while_idle_is_back(decoder: Decoder) -> None:
    assert decoder(TableInput(), b"one line", {}).rows == (("one line",),)
    os.kill(decoder._child.pid, 9)
    time.sleep(0.1)
    assert decoder(TableInput(), b"another line", {}).rows == (("another line",),)


@pytest.mark.parametrize("forged", [b"", b"{", b"[" * 100_000, b'{"made":"Popen","of":[["args",["true"]]]}', b'{"array":["|O8",3]}',
                                    b'{"array":["<f8",100000,100000]}', b'{"array":["|u1",-5]}', b'{"array":["nonsense",5]}', b'{"x":1}'])
def test_words_of_a_reader_that_was_taken_over_are_refused(forged: bytes) -> None:
    import socket
    import struct

    ours, theirs = socket.socketpair()
    theirs.sendall(struct.pack("!Q", len(forged)) + forged)
    theirs.close()
    with pytest.raises((ValueError, TypeError, EOFError, RecursionError)):
        carried.receive(ours, ("demos.results.Volume",))
    ours.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_reader_is_left_when_its_worker_is_killed(engine) -> None:
    well(engine)
    reader = reader_of(engine)
    os.kill(engine.status()["pid"], 9)
    assert gone(reader, 20), "the reader outlived its worker"
