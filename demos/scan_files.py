"""Decodes an untrusted DICOM file: its first frame, as a doctor's screen would show it, and nothing else of it.

Names, dates and whatever else the file says of the patient are read past: they reach no result, error or log.
"""

from __future__ import annotations

import io
import logging
import math
import warnings
from typing import TYPE_CHECKING

from demos.errors import BadInput
from demos.picture_files import check_size

if TYPE_CHECKING:
    import numpy as np
    from pydicom import Dataset

DEFLATED = "1.2.840.10008.1.2.1.99"  # the whole file zipped: its size is known only after unpacking
FRAME_MB = 400  # of one frame as it is stored
NO_PICTURE = ("This DICOM file holds no picture. Please give one with a picture in it, or save the picture as "
              "PNG or JPEG.")

PACKED = BadInput("The picture in this DICOM file is compressed in a way that cannot be read here, or is damaged. "
                  "Please save it without compression, or as PNG or JPEG.")


def read_dicom(data: bytes) -> np.ndarray:
    """`(H, W, 3)` uint8 RGB of the first frame: its own window, or its darkest to its brightest value.

    MONOCHROME1 (where large numbers are dark) is inverted. Raises BadInput, and what the decoders raise.
    Source: DICOM PS3.3 C.7.6.3 (pixels) and C.11.2 (windows).
    """
    import numpy as np
    import pydicom
    from pydicom import uid
    from pydicom.pixels import apply_color_lut, pixel_array

    logging.getLogger("pydicom").setLevel(logging.CRITICAL + 1)  # its warnings quote the file
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _refuse_deflated(data)
        file = pydicom.dcmread(io.BytesIO(data), force=True)
        if "TransferSyntaxUID" not in file.file_meta:  # an old file does not say how it is written; pydicom guessed
            implicit, little = file.original_encoding
            file.file_meta.TransferSyntaxUID = (uid.ExplicitVRBigEndian if not little else uid.ImplicitVRLittleEndian
                                                if implicit else uid.ExplicitVRLittleEndian)
        _check(file)
        _refuse_unknown_packing(file)
        try:
            values = pixel_array(file, index=0)  # colours come as RGB
        except (NotImplementedError, RuntimeError):
            raise PACKED from None
        kind = file.PhotometricInterpretation
        if kind == "PALETTE COLOR":
            values = apply_color_lut(values, file)
        if values.ndim == 3:
            full = 8 * values.dtype.itemsize if kind == "PALETTE COLOR" else int(file.BitsStored)
            colours = values.astype(np.float32) / (2**full - 1)
            return np.ascontiguousarray(_bytes(colours))
        grey = _windowed(values, file)
    return _bytes(1 - grey if kind == "MONOCHROME1" else grey)[..., None].repeat(3, axis=2)


def _bytes(shades: np.ndarray) -> np.ndarray:
    """Shades in [0, 1] as uint8; what is no number is black."""
    import numpy as np

    return np.round(np.nan_to_num(np.clip(shades, 0, 1)) * 255).astype(np.uint8)


def _refuse_deflated(data: bytes) -> None:
    """Raise BadInput for a zipped file, before anything unzips it."""
    from pydicom.filereader import read_dataset

    if data[128:132] != b"DICM":
        return  # an old file without a beginning is never zipped
    stream = io.BytesIO(data)
    stream.seek(132)
    about = read_dataset(stream, False, True, stop_when=lambda tag, *_: tag.group != 2)
    if str(about.get("TransferSyntaxUID", "")) == DEFLATED:
        raise BadInput("This DICOM file is zipped as a whole, which is not read here. Please save it without "
                       "compression, or as PNG or JPEG.")


def _check(file: Dataset) -> None:
    """Raise BadInput unless the picture that the file declares fits the limits and the file's own bytes."""
    pixels = next((file[key].value for key in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
                   if key in file), None)
    if pixels is None or "Rows" not in file:
        raise BadInput(NO_PICTURE)
    height, width, samples = int(file.Rows), int(file.Columns), int(file.get("SamplesPerPixel", 1))
    check_size((width, height))
    bits = int(file.BitsAllocated)
    if samples not in (1, 3) or bits not in (1, 8, 16, 32, 64):
        raise BadInput("The picture in this DICOM file is stored in a way that is not read here. "
                       "Please save it as PNG or JPEG.")
    packed = file.file_meta.TransferSyntaxUID.is_compressed
    # some colours are stored for every second pixel only
    samples_kept = 2 if str(file.get("PhotometricInterpretation", "")).endswith("422") else samples
    need = math.ceil(height * width * samples_kept * bits / 8)
    if need > FRAME_MB * 2**20 or (not packed and len(pixels) < need):
        raise BadInput(f"This DICOM file says that its picture has {width:,} x {height:,} pixels, but holds "
                       "fewer. It is cut off or damaged. Please save or send it again.")


def _refuse_unknown_packing(file: Dataset) -> None:
    """Raise BadInput for a compression that no installed library can unpack."""
    from pydicom.pixels import get_decoder

    syntax = file.file_meta.TransferSyntaxUID
    if not syntax.is_compressed:
        return
    try:
        able = get_decoder(syntax).is_available
    except NotImplementedError:
        able = False
    if not able:
        raise PACKED


def _windowed(values: np.ndarray, file: Dataset) -> np.ndarray:
    """Shades `(H, W)` float32 in [0, 1] (outside is cut off later): the file's first window, table or range."""
    import numpy as np
    from pydicom.pixels import apply_modality_lut, apply_voi

    values = np.asarray(apply_modality_lut(values, file))
    if len(file.get("VOILUTSequence", ())):
        bits = int(file.VOILUTSequence[0].LUTDescriptor[2])
        return apply_voi(values, file, index=0).astype(np.float32) / (2**bits - 1)
    values = values.astype(np.float32)
    middle, width = (_first(file.get(key)) for key in ("WindowCenter", "WindowWidth"))
    if middle is None or width is None or width <= 0:
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        return (values - low) / max(high - low, 1e-9)
    function = file.get("VOILUTFunction", "LINEAR")
    if function == "SIGMOID":
        return 1 / (1 + np.exp(np.clip(-4 * (values - middle) / width, -60, 60)))
    if function == "LINEAR_EXACT":
        return (values - middle) / width + 0.5
    return (values - (middle - 0.5)) / max(width - 1, 1e-3) + 0.5  # as the standard writes LINEAR


def _first(value: object) -> float | None:
    """The first of several numbers, or the only one; None where there is none."""
    from pydicom.multival import MultiValue

    if isinstance(value, MultiValue):
        value = value[0] if len(value) else None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
