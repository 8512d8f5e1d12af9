"""The deep method: LSTMs read the last thirty flights and say how many are left; their average is the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from demos.machine_failure import words as said
from demos.machine_failure.columns import CAP, NAMES, WINDOW
from demos.machine_failure.data import COLUMNS, windows
from demos.machine_failure.gates import gates_of
from demos.machine_failure.living import LifeModel
from demos.machine_failure.network import LifeNet, flights
from demos.machine_failure.on_the_spot import learn_and_forecast
from demos.results import View
from demos.series_files import Numbers
from demos.series_results import Effects, Forecast


class Networks(LifeModel):
    """Loaded networks, a few for each of the five parts; `predict` and its siblings never write to them."""

    def __init__(self, networks: list[list[LifeNet]], reach: np.ndarray, device: str) -> None:
        super().__init__(reach)
        self.networks, self.device = networks, device

    @torch.inference_mode()
    def members(self, record: np.ndarray, only: int | None = None) -> np.ndarray:
        given = torch.from_numpy(windows(record)).float().to(self.device)
        chosen = self.networks if only is None else [self.networks[only]]
        said_ = [[flights(net(given)).cpu().double().numpy() for net in nets] for nets in chosen]
        return np.stack([np.mean(one, axis=0) for one in said_])

    def explain(self, engine: np.ndarray) -> list[View]:
        """What each sensor did to the guess, and the first network's gates while it read the last thirty flights."""
        effects = self.effects(engine)
        gates = gates_of(self.networks[0][0].lstm, self._scaled(engine), max(1, int(engine[-1, 1]) - WINDOW + 1))
        return [View("sensors", said.SENSORS_TITLE, said.sensors_sentence(effects), effects),
                View("gates", said.GATES_TITLE, said.GATES_SAID, gates)]

    def effects(self, record: np.ndarray) -> Effects:
        """By how many flights each sensor moved the guess: without it, it would still read as when the record began."""
        whole = windows(record)[-1:]
        begun = record[:WINDOW, COLUMNS].mean(axis=0)
        changed = np.repeat(whole, len(NAMES) + 1, axis=0)
        for i in range(len(NAMES)):
            changed[i + 1, :, i] += begun[i] - whole[0, :, i].mean()  # its own noise stays
        with torch.inference_mode():
            given = torch.from_numpy(changed).float().to(self.device)
            guesses = np.mean([CAP * net(given)[:, 0].cpu().double().numpy() for nets in self.networks for net in nets],
                              axis=0)
        return Effects(NAMES, (guesses[0] - guesses[1:]).round(3))

    def forecast(self, series: Numbers, ahead: float) -> Iterator[tuple[float, Forecast]]:
        """A visitor's series, by an LSTM that is trained now."""
        yield from learn_and_forecast(series, int(ahead), self.device)

    def _scaled(self, record: np.ndarray) -> torch.Tensor:
        net = self.networks[0][0]
        last = torch.from_numpy(windows(record)[-1]).float()
        return (last - net.middle.cpu()) / net.spread.cpu()


def load(weights: dict[str, Path], device: str) -> Networks:
    """The networks from their files."""
    from safetensors.torch import load_file

    networks, reach = [], None
    for _, path in sorted(weights.items()):
        tensors = load_file(path)
        reach = tensors.pop("reach").numpy()
        nets = []
        for number in sorted({name.split(".")[0] for name in tensors}):
            net = LifeNet()
            net.load_state_dict({name.partition(".")[2]: value for name, value in tensors.items()
                                 if name.startswith(f"{number}.")})
            nets.append(net.to(device).eval())
        networks.append(nets)
    return Networks(networks, reach, device)
