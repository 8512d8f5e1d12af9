"""Image recognition's training, evaluation and hub models, on data and tiny models made by these tests."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from demos import get_demo
from demos.errors import BadInput, WeightsMissing
from demos.image_recognition import evaluate, hub, sheets, teaching, train, your_labels
from demos.image_recognition.classical import TEN, HogSvm, load
from demos.image_recognition.deep import kinds
from demos.image_recognition.network import PictureNetwork
from demos.image_recognition.ten_names import KINDS, as_ten
from demos.results import Heatmap, Labels

DEMO = get_demo("image_recognition")
SIDE = 32


# --- the ten names ----------------------------------------------------------------------------------

def test_the_ten_names_take_kinds_of_that_name() -> None:
    assert tuple(KINDS) == TEN
    numbers = [number for row in KINDS.values() for number in row]
    assert len(numbers) == len(set(numbers)), "a kind counts twice"
    ends = {name: (kinds()[row[0]], kinds()[row[-1]]) for name, row in KINDS.items()}
    assert ends == {"airplane": ("airliner", "wing"), "automobile": ("ambulance", "sports car"),
                    "bird": ("cock", "albatross"), "cat": ("tabby", "Egyptian cat"),
                    "deer": ("hartebeest", "gazelle"),
                    "dog": ("Chihuahua", "Mexican hairless"), "frog": ("bullfrog", "tailed frog"),
                    "horse": ("sorrel", "sorrel"), "ship": ("aircraft carrier", "yawl"),
                    "truck": ("fire engine", "trailer truck")}


def test_certainties_are_added_up_by_name() -> None:
    scores = np.zeros((1, 1000), np.float32)
    scores[0, [281, 285, 339, 0]] = 0.2, 0.3, 0.4, 0.1
    ten = as_ten(scores)[0]
    assert ten[TEN.index("cat")] == pytest.approx(0.5) and ten[TEN.index("horse")] == pytest.approx(0.4)
    assert ten.sum() == pytest.approx(0.9)


# --- sheets, training, figures ----------------------------------------------------------------------

def made_sheets(folder: Path, each: int = 30) -> Path:
    """Sheets as those of CIFAR-10: every kind has a colour and stripes of its own, under noise."""
    random = np.random.default_rng(0)
    for part in ("train", "test"):
        rows = []
        for number, name in enumerate(TEN):
            sheet = random.normal(110, 15, (SIDE, SIDE * each, 3))
            y, x = np.mgrid[:SIDE, :SIDE * each]
            stripes = (x * np.cos(number) + y * np.sin(number)) * (0.5 + 0.1 * number)
            sheet[..., number % 3] += 25 * np.sin(stripes)
            whole = Image.fromarray(sheet.clip(0, 255).astype(np.uint8))
            whole.save(folder / f"{part}_{name}.webp", lossless=True)
            rows += [(f"{part}_{name}.webp", 0, column, name) for column in range(each)]
        with (folder / f"{part}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([("sheet", "row", "col", "label"), *rows])
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_sheets(tmp_path_factory.mktemp("made_sheets"))


def test_sheets_are_cut_into_pictures(data: Path) -> None:
    pictures, numbers = sheets.read_part(data, "train")
    assert pictures.shape == (300, SIDE, SIDE, 3) and np.bincount(numbers).tolist() == [30] * 10
    sheet = np.asarray(Image.open(data / "train_cat.webp").convert("RGB"))
    assert (pictures[numbers == TEN.index("cat")][2] == sheet[:, 64:96]).all()


def test_training_again_gives_the_same_weights_and_they_work(data: Path) -> None:
    pictures, numbers = sheets.read_part(data, "train")
    described = train.describe(pictures)
    (arrays, about), (again, _) = (train.learn(described, numbers, (1e-4, 1e-3)) for _ in range(2))
    assert all((arrays[name] == again[name]).all() for name in arrays)
    assert about["C"] in ("0.0001", "0.001") and about["pictures"] == "300"
    model = HogSvm(arrays["weights"], arrays["bias"], float(arrays["sharpness"][0]))
    unseen, truth = sheets.read_part(data, "test")
    said = np.array([answer.ids[0] for answer in model.predict_many(list(unseen))])
    assert (said == truth).mean() > 0.5, "ten kinds, so guessing is right one time in ten"


def test_sharpness_makes_certainties_honest() -> None:
    random = np.random.default_rng(0)
    distances = random.normal(size=(4000, 10))
    chances = np.exp(2.5 * distances)
    chances /= chances.sum(axis=1, keepdims=True)
    numbers = np.array([random.choice(10, p=row) for row in chances])
    assert train.fit_sharpness(distances, numbers) == pytest.approx(2.5, rel=0.05)


def test_the_bundled_weights_have_the_right_shape() -> None:
    from demos import demo_folder
    from demos.weights import locate

    model = load(locate(DEMO.method("hog_svm").weights[0], demo_folder(DEMO.name)), "cpu")
    assert model.weights.shape == (3016, 10) and model.bias.shape == (10,) and model.sharpness > 0


class Fixed(HogSvm):
    """Says the number that the picture's upper left pixel holds."""

    def __init__(self) -> None:
        super().__init__(np.zeros((3016, 10)), np.zeros(10), 1.0)

    def scores(self, small: np.ndarray) -> np.ndarray:
        return np.where(np.arange(10) == small[0, 0, 0], 0.7, 0.3 / 9)


def test_evaluation_counts_right_answers(tmp_path: Path) -> None:
    rows = []
    for number, name in enumerate(TEN):
        sheet = np.full((SIDE, 2 * SIDE, 3), number, np.uint8)
        sheet[:, SIDE:] = (number + 1) % 10  # every second one is wrong
        Image.fromarray(sheet).save(tmp_path / f"{name}.png")
        rows += [(f"{name}.png", 0, 0, name), (f"{name}.png", 0, 1, name)]
    with (tmp_path / "test.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("sheet", "row", "col", "label"), *rows])
    figures = evaluate.evaluate(tmp_path, lambda key: Fixed(), ("hog_svm",), "the command", None)
    accuracy, honesty = figures
    assert (accuracy.metric, accuracy.value, accuracy.items) == ("accuracy", 0.5, 20)
    assert accuracy.command == "the command"
    assert accuracy.low is not None and accuracy.low < 0.5 < accuracy.high and accuracy.note
    assert (honesty.metric, honesty.value, honesty.items) == ("right_when_60_to_80_sure", 0.5, 20)
    assert evaluate.evaluate(tmp_path, lambda key: Fixed(), ("hog_svm",), "c", 5)[0].items == 5


class Answering(PictureNetwork):
    """Says every picture is an Egyptian cat, then a tabby."""

    def __init__(self) -> None:
        super().__init__(None, None, kinds(), "cpu")  # type: ignore[arg-type]

    def scores(self, images: list[np.ndarray]) -> np.ndarray:
        rows = np.zeros((len(images), 1000), np.float32)
        rows[:, [285, 281]] = 0.6, 0.4
        return rows


@pytest.mark.parametrize("layout", ["table", "numbers", "names"])
def test_evaluation_reads_folders_of_photos(layout: str, tmp_path: Path) -> None:
    truth = {"a.png": 285, "b.png": 281, "c.png": 3, "d.png": 285}
    for name, number in truth.items():
        folder = {"table": "", "numbers": str(number), "names": kinds()[number].replace(" ", "_")}[layout]
        (tmp_path / folder).mkdir(exist_ok=True)
        Image.new("RGB", (50, 40), "orange").save(tmp_path / folder / name)
    if layout == "table":
        lines = [f"{name},{number}" for name, number in truth.items()]
        (tmp_path / "labels.csv").write_text("\n".join(["file,label", *lines]))
    top, five = evaluate.evaluate(tmp_path, lambda key: Answering(), ("lite0",), "c", None)
    assert (top.metric, top.value, top.items) == ("accuracy", 0.5, 4)
    assert (five.metric, five.value) == ("top_5_accuracy", 0.75)


def test_evaluation_says_what_a_folder_must_hold(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="neither"):
        evaluate.evaluate(tmp_path, lambda key: Answering(), ("lite0",), "c", None)
    (tmp_path / "nonsense").mkdir()
    (tmp_path / "nonsense" / "a.png").write_bytes(b"")
    with pytest.raises(BadInput, match="none of ImageNet"):
        evaluate.evaluate(tmp_path, lambda key: Answering(), ("lite0",), "c", None)


# --- hub models, tiny ones made here ----------------------------------------------------------------

PREPROCESSING = {"image_mean": [0.5, 0.4, 0.3], "image_std": [0.2, 0.25, 0.5]}


@pytest.fixture(scope="module")
def convnext(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import ConvNextV2Config, ConvNextV2ForImageClassification

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("convnext")
    config = ConvNextV2Config(hidden_sizes=[8, 12, 16, 24], depths=[1, 1, 1, 1], image_size=64,
                              id2label={n: f"kind {n}, also {n}" for n in range(12)}, initializer_range=0.5)
    ConvNextV2ForImageClassification(config).save_pretrained(folder)
    said = {**PREPROCESSING, "crop_pct": 0.875, "size": {"shortest_edge": 64}}
    (folder / "preprocessor_config.json").write_text(json.dumps(said))
    return folder


def test_a_convnext_is_loaded_answers_and_explains(convnext: Path) -> None:
    model = hub.load(convnext, "cpu")
    picture = np.random.default_rng(0).integers(0, 255, (90, 120, 3), np.uint8)
    answer = model.predict(picture)
    assert len(answer.names) == 10 and set(answer.names) <= {f"kind {n}" for n in range(12)}
    batch = model._batch([np.full((90, 120, 3), 255, np.uint8)])
    assert batch[0, :, 0, 0].numpy() == pytest.approx([0.5 / 0.2, 0.6 / 0.25, 0.7 / 0.5])
    views = model.explain(picture)
    assert [view.key for view in views] == ["where", *(f"stage{n}" for n in range(1, 6))]
    assert isinstance(views[0].result, Heatmap) and answer.names[0] in views[0].sentence
    assert model.predict_many([picture, picture[:, ::-1]])[0].scores == pytest.approx(answer.scores, abs=1e-5)


def test_a_network_is_taught_new_names(convnext: Path) -> None:
    """Even random layers tell colours apart; the last step alone learns to name them."""
    model = hub.load(convnext, "cpu")
    numbers = np.arange(60) % 3
    pictures = np.random.default_rng(0).integers(0, 60, (60, 40, 40, 3), np.uint8)
    pictures[np.arange(60), :, :, numbers] += 150
    weights, bias = teaching.teach(model, pictures[:40], numbers[:40])
    scores, described = teaching.describe(model, pictures[40:])
    assert scores.shape == (20, 12) and described.shape == (20, 24) and weights.shape == (24, 3)
    assert scores == pytest.approx(model.scores(list(pictures[40:])))
    assert ((described @ weights + bias).argmax(axis=1) == numbers[40:]).all()
    assert not model.parts.last._forward_hooks


def test_a_convnext_without_all_its_weights_is_refused(convnext: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    for file in convnext.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    weights = load_file(tmp_path / "model.safetensors")
    weights.pop(next(name for name in weights if "grn" in name))
    save_file(weights, tmp_path / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(WeightsMissing, match="does not fit"):
        hub.load(tmp_path, "cpu")


@pytest.fixture(scope="module")
def siglip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import SiglipConfig, SiglipModel

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("siglip")
    words = ["<unk>", "</s>", "this", "is", "a", "photo", "of", "cat", "dog", "rocket", "cup"]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    small: dict[str, Any] = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
                             "num_attention_heads": 2}
    config = SiglipConfig(text_config={**small, "vocab_size": len(words), "max_position_embeddings": 16,
                                       "pad_token_id": 1, "eos_token_id": 1, "projection_size": 16},
                          vision_config={**small, "image_size": 32, "patch_size": 8})
    SiglipModel(config).save_pretrained(folder)
    said = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3, "size": {"height": 32, "width": 32}}
    (folder / "preprocessor_config.json").write_text(json.dumps(said))
    return folder


def test_siglip_answers_with_the_visitors_words(siglip: Path) -> None:
    model = your_labels.load(siglip, "cpu")
    picture = np.random.default_rng(0).integers(0, 255, (90, 300, 3), np.uint8)
    answer = model.predict(picture, "cat, a Dog; rocket\ncat")
    assert isinstance(answer, Labels) and sorted(answer.names) == ["a Dog", "cat", "rocket"]
    assert answer.scores.sum() == pytest.approx(1, abs=1e-5)
    assert [("cat", "a Dog", "rocket")[number] for number in answer.ids] == list(answer.names)
    turned = model.predict(picture, labels="rocket, a Dog, cat")
    before, after = (dict(zip(given.names, given.scores)) for given in (answer, turned))
    assert after == pytest.approx(before, abs=1e-5)
    tall = np.zeros((3000, 4, 3), np.uint8)
    assert model.predict(tall, "cat, dog").names


def test_siglip_scores_agree_with_the_library(siglip: Path) -> None:
    """The same shares as transformers' own preprocessing and sentence would give."""
    from transformers import SiglipImageProcessor, SiglipModel

    picture = np.random.default_rng(1).integers(0, 255, (32, 32, 3), np.uint8)
    half = [0.5] * 3
    process = SiglipImageProcessor(size={"height": 32, "width": 32}, image_mean=half, image_std=half)
    pixels = process(Image.fromarray(picture), return_tensors="pt")["pixel_values"]
    tokens = torch.tensor([[2, 3, 4, 5, 6, 7] + [1] * 10, [2, 3, 4, 5, 6, 8] + [1] * 10])
    with torch.inference_mode():
        network = SiglipModel.from_pretrained(siglip)
        expected = network(input_ids=tokens, pixel_values=pixels).logits_per_image[0]
    answer = your_labels.load(siglip, "cpu").predict(picture, "cat, dog")
    assert dict(zip(answer.ids, answer.scores)) == pytest.approx(
        dict(enumerate(expected.softmax(dim=0).tolist())), abs=1e-4)


@pytest.mark.parametrize(("text", "message"), [
    ("cat", "2 to 20"), ("cat, CAT, cat ", "2 to 20"), (",,;\n..", "2 to 20"),
    (", ".join(f"thing {n}" for n in range(21)), "2 to 20"), ("cat, " + "x" * 61, "longer than 60")])
def test_labels_that_cannot_be_used_are_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        your_labels.read_labels(text)
