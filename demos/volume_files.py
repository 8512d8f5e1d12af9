"""Decodes an untrusted NIfTI volume: one slice of it as a picture, or all of it small enough to be shown."""

from __future__ import annotations

import gzip
import io
import math
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demos.errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    from nibabel import Nifti1Header

PLANES = {"sagittal": 0, "coronal": 1, "axial": 2}  # the axis (right, front, up) that a slice lies across
VOLUME_MB = 300  # of the first volume, unpacked
MOST_SIDE = 4096  # voxels
HEADERS = {348: 352, 540: 544}  # bytes of a NIfTI-1 and NIfTI-2 header, and where its voxels begin at the soonest
DARKEST, BRIGHTEST = 0.5, 99.5  # per cent of the voxels that are shown as black and white at most
SAMPLED = 500_000  # voxels looked at to find those
WIDEST = 10.0  # how many times longer than wide a voxel may be before its size is taken for a mistake


@dataclass(frozen=True)
class Voxels:
    """A volume turned so that its axes run to the right, the front and the top of the body.

    `values` `(X, Y, Z)` is a view of the file's own numbers; `sizes` are a voxel's sides (usually mm);
    `black` and `white` are the values that are shown so.
    """

    values: np.ndarray
    sizes: tuple[float, float, float]
    black: float
    white: float

    def shades(self, values: np.ndarray) -> np.ndarray:
        """uint8 shades of some of the values."""
        import numpy as np

        share = (values.astype(np.float32) - self.black) / (self.white - self.black)
        return np.round(np.nan_to_num(np.clip(share, 0, 1)) * 255).astype(np.uint8)


def unpacked(data: bytes, most: int) -> bytes:
    """The first `most` bytes of what a gzip file holds, or the bytes themselves when they are not packed."""
    if data[:2] != b"\x1f\x8b":
        return data[:most]
    out = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:  # reads several packed one behind the other, too
        try:
            while len(out) < most and (block := file.read(min(2**20, most - len(out)))):
                out += block
        except (EOFError, OSError, zlib.error):
            pass  # cut off: what came so far, which the reader finds too short
    return bytes(out)


def read_slice(data: bytes, plane: str = "axial", place: float = 50.0) -> np.ndarray:
    """`(H, W, 3)` uint8: the slice `place` per cent of the way through a volume, across the plane's axis.

    Front or top of the body is up, its right side on the left, as doctors look at it. Voxels that are not
    square are stretched to their true shape. Raises BadInput, and what the decoders raise.
    """
    import numpy as np
    from PIL import Image

    volume = read_volume(data)
    thin = [axis for axis in range(3) if volume.values.shape[axis] == 1]
    axis = PLANES[plane] if len(thin) != 1 else thin[0]  # a flat picture has only one slice
    number = round(place / 100 * (volume.values.shape[axis] - 1))
    cut = volume.shades(np.take(volume.values, number, axis=axis))  # (across, up)
    picture = Image.fromarray(np.ascontiguousarray(cut[::-1, ::-1].T))
    across, up = (size for side, size in enumerate(volume.sizes) if side != axis)
    smallest = min(across, up)
    size = (round(picture.width * across / smallest), round(picture.height * up / smallest))
    if size != picture.size and max(size) <= MOST_SIDE:
        picture = picture.resize(size, Image.Resampling.BICUBIC)
    return np.asarray(picture)[..., None].repeat(3, axis=2)


def small_volume(data: bytes, side: int = 96) -> tuple[np.ndarray, tuple[float, float, float]]:
    """`(x, y, z)` uint8 of at most `side` voxels each way, and the sides of those voxels; for a viewer."""
    volume = read_volume(data)
    steps = tuple(max(1, math.ceil(count / side)) for count in volume.values.shape)
    small = volume.values[::steps[0], ::steps[1], ::steps[2]]
    return volume.shades(small), tuple(size * step for size, step in zip(volume.sizes, steps))  # type: ignore[return-value]


def read_volume(data: bytes) -> Voxels:
    """The (first) volume in a NIfTI-1 or NIfTI-2 file, packed with gzip or not. Raises BadInput."""
    import numpy as np
    from nibabel.orientations import apply_orientation, io_orientation

    header = _header(data)
    shape, kind = tuple(int(n) for n in header.get_data_shape()), header.get_data_dtype()
    shape = (*shape, 1, 1)[:3] if len(shape) < 3 else shape[:3]  # of several volumes the first
    start = _checked_start(header, shape, kind)
    count = math.prod(shape)
    raw = unpacked(data, start + count * kind.itemsize)
    if len(raw) < start + count * kind.itemsize:
        raise BadInput(f"This NIfTI file says that it holds {' x '.join(f'{n:,}' for n in shape)} voxels, but it "
                       "holds fewer. It is cut off or damaged. Please save or send it again.")
    values = np.frombuffer(raw, kind, count, start).reshape(shape, order="F")
    sizes = [float(size) for size in header.get_zooms()[:3]] + [1.0] * 3
    affine = header.get_best_affine()
    turn = io_orientation(affine) if np.isfinite(affine).all() else np.array([[0, 1], [1, 1], [2, 1]])
    if np.isnan(turn).any():
        turn = np.array([[0, 1], [1, 1], [2, 1]])
    values = apply_orientation(values, turn)  # a view: nothing is copied
    sizes = [sizes[int(axis)] for axis in np.argsort(turn[:, 0])]
    sizes = [size if math.isfinite(size) and size > 0 else 1.0 for size in sizes]
    sizes = [min(size, WIDEST * min(sizes)) for size in sizes]
    black, white = _levels(values)
    slope, _ = header.get_slope_inter()
    if slope is not None and slope < 0:
        black, white = white, black
    return Voxels(values, (sizes[0], sizes[1], sizes[2]), black, white)


def _header(data: bytes) -> Nifti1Header:
    """The header of the file, unchecked; nibabel is not asked to check, as its checks write to the log."""
    from nibabel.nifti1 import Nifti1Header
    from nibabel.nifti2 import Nifti2Header

    head = unpacked(data, 544)
    if head[344:347] == b"ni1" or head[4:7] == b"ni2":
        raise BadInput("This is one half of a pair of NIfTI files. Please save the volume as one file "
                       "(.nii or .nii.gz).")
    two = head[4:7] == b"n+2"
    return (Nifti2Header if two else Nifti1Header)(head[:540 if two else 348], check=False)


def _checked_start(header: Nifti1Header, shape: tuple[int, ...], kind: np.dtype) -> int:
    """Where the voxels begin, once what the header declares has been found to be within the limits."""
    if kind.kind not in "iuf" or kind.itemsize > 8:
        raise BadInput("The voxels of this NIfTI file are colours or complex numbers, which are not read here. "
                       "Please save the volume with plain numbers.")
    if min(shape) < 1 or max(shape) > MOST_SIDE or math.prod(shape) * kind.itemsize > VOLUME_MB * 2**20:
        raise BadInput(f"This NIfTI file says that its volume has {' x '.join(f'{n:,}' for n in shape)} voxels; "
                       f"at most {VOLUME_MB} MB and {MOST_SIDE:,} a side are read. Please give a smaller one.")
    start = float(header["vox_offset"])
    soonest = HEADERS[int(header["sizeof_hdr"])] if int(header["sizeof_hdr"]) in HEADERS else 352
    if not 0 <= start <= 2**24:  # false for NaN too
        raise BadInput("This NIfTI file is damaged. Please save or send it again.")
    return max(int(start), soonest)


def _levels(values: np.ndarray) -> tuple[float, float]:
    """The values shown as black and as white: nearly the darkest and the brightest of the volume."""
    import numpy as np

    step = max(1, math.ceil((values.size / SAMPLED) ** (1 / 3)))
    some = values[::step, ::step, ::step].astype(np.float64).ravel()
    some = some[np.isfinite(some)]
    if not some.size:
        return 0.0, 1.0
    lit = some[some > some.min()]  # the empty space around a body would count too much
    low, high = np.percentile(some, DARKEST), np.percentile(lit, BRIGHTEST) if lit.size else 0.0
    return (float(low), float(high)) if high > low else (float(low) - 1, float(low) + 1)
