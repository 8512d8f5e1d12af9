"""The chest X-ray page in a real browser: a DICOM from upload to answer, a cat declined, a volume turned about."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import scan_makers as makers
from browsing import Watched, upload
from demos import demo_folder, get_demo
from demos.media import decode_picture
from demos.samples import sample_inputs

DEMO = get_demo("chest_xray")


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo("chest_xray")


def test_a_dicom_is_uploaded_and_answered_and_explained(page: Any) -> None:
    image = decode_picture((demo_folder("chest_xray") / "samples" / "pneumonia_2.png").read_bytes())
    upload(page, "IM0001", makers.dicom(image[..., 0].astype(np.uint16) * 16))
    page.wait_for_selector(".dl-shown figcaption:has-text('Your picture (280 × 280')")
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')")
    assert "pneumonia" in page.inner_text(".dl-card.deep .dl-answer")
    for family in ("classical", "deep"):
        beside = page.inner_text(f".dl-card.{family} .dl-caution")
        assert "Not for diagnosis" in beside and "wrong" in beside
    page.wait_for_selector(".dl-views .dl-view:nth-child(5) img")
    assert makers.SECRET.split("^")[0] not in page.content()


def test_a_cat_is_declined_with_the_reason_and_the_page_works_on(page: Any) -> None:
    cat = next(sample for sample in DEMO.samples if sample.refused)
    upload(page, "chest.png", sample_inputs(DEMO, cat)["image"])
    page.wait_for_selector(".dl-card.deep [role=alert]:has-text('chest X-ray')")
    page.locator("[class*=st-key-sample_thumb_] button").nth(1).click()
    page.wait_for_selector(".dl-verdict")


def test_a_volume_is_shown_and_its_slice_chosen(page: Any) -> None:
    upload(page, "head.nii.gz", makers.nifti(np.kron(makers.body(), np.ones((4, 4, 4), np.int16)), packed=True))
    page.wait_for_selector(".dl-shown figcaption:has-text('48 × 64')")
    page.wait_for_selector("[data-testid=stPlotlyChart] .gl-container canvas", state="attached", timeout=60_000)
    page.get_by_text("Coronal, from the front").click()
    page.wait_for_selector(".dl-shown figcaption:has-text('48 × 80')")
