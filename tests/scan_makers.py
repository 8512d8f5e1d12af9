"""DICOM and NIfTI files made for tests: known pixels, odd headers, and a patient's name that must not be seen."""

from __future__ import annotations

import gzip
import io
import struct

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage

SECRET = "Zzyzx^Quillon"  # a name that occurs in no sentence of ours


def ramp(bits: int = 16) -> np.ndarray:
    """`(20, 30)`: values from 0 to 1190, brighter to the right and to the bottom."""
    return (np.arange(600).reshape(20, 30) * 2 - (np.arange(600).reshape(20, 30) > 595) * 8).clip(0).astype(
        np.uint16 if bits == 16 else np.uint8)


def dicom(pixels: np.ndarray | None = None, **elements: object) -> bytes:
    """A DICOM file with these pixels; `elements` change or (None) drop what it says."""
    pixels = ramp() if pixels is None else pixels
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    meta.MediaStorageSOPInstanceUID = pydicom.uid.UID("1.2.826.0.1.3680043.8.498.1")
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    file = Dataset()
    file.file_meta = meta
    file.PatientName, file.PatientID, file.PatientBirthDate = SECRET, f"ID-{SECRET}", "19010203"
    file.SOPClassUID, file.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    colour = pixels.ndim == 3 and pixels.shape[-1] == 3
    file.Rows, file.Columns = pixels.shape[-3:-1] if colour else pixels.shape[-2:]
    file.SamplesPerPixel, file.PhotometricInterpretation = (3, "RGB") if colour else (1, "MONOCHROME2")
    if colour:
        file.PlanarConfiguration = 0
    bits = 8 * pixels.dtype.itemsize
    file.BitsAllocated, file.BitsStored, file.HighBit = bits, bits, bits - 1
    file.PixelRepresentation = int(pixels.dtype.kind == "i")
    file.PixelData = pixels.tobytes() + bytes(pixels.nbytes % 2)
    for name, value in elements.items():
        if value is None:
            delattr(file, name)
        elif name == "TransferSyntaxUID":
            meta.TransferSyntaxUID = pydicom.uid.UID(str(value))
        else:
            setattr(file, name, value)
    out = io.BytesIO()
    file.save_as(out, enforce_file_format=True, implicit_vr=False, little_endian=True)
    return out.getvalue()


def nifti(values: np.ndarray, affine: np.ndarray | None = None, packed: bool = False, two: bool = False) -> bytes:
    """A NIfTI file with these voxels; a patient's name stands in its description."""
    import nibabel

    kind = nibabel.Nifti2Image if two else nibabel.Nifti1Image
    image = kind(values, np.eye(4) if affine is None else affine)
    image.header["descrip"] = SECRET.encode()
    data = image.to_bytes()
    return gzip.compress(data) if packed else data


def with_dims(data: bytes, *dims: int) -> bytes:
    """A NIfTI-1 file that says it has these dimensions."""
    return data[:40] + struct.pack("<8h", *dims, *[1] * (8 - len(dims))) + data[56:]


def body() -> np.ndarray:
    """`(12, 16, 20)` int16, axes right, front, top; each of the three is marked by a bright block of its own."""
    values = np.full((12, 16, 20), 10, np.int16)
    values[9:, :, :] += 100  # the right side
    values[:, 12:, :] += 200  # the front
    values[:, :, 16:] += 400  # the top
    return values
