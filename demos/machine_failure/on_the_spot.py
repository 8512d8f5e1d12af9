"""An LSTM that is trained while the visitor waits, on the beginning of their own series."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

from demos.machine_failure.blocks import cut_of, noted, repeated, season_of
from demos.series_files import Numbers
from demos.series_results import Forecast

NAME = "LSTM trained on the spot"
HIDDEN, BATCH, STEPS, LOOK, RATE, DECAY = 32, 64, 300, 20, 5e-3, 1e-3
SHORTEST, LONGEST = 12, 60  # values that it looks back
CHECKED = 0.15  # the share of the learning part that chooses when to stop
MOST_S = 15.0  # seconds; a slow machine stops here with what it has
SEED = 0
NOTHING = ("On the last part of what it learnt from, the LSTM was never better than “all stays as it was”, so that is "
           "what it says.")


class SeriesNet(nn.Module):
    """`(n, w, 2)` -> `(n, ahead)`: how far the next values will be from what they would be if all stayed as it was."""

    def __init__(self, ahead: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(2, HIDDEN, batch_first=True)
        self.head = nn.Linear(HIDDEN, ahead)
        nn.init.zeros_(self.head.weight)  # it begins with "all stays as it was"
        nn.init.zeros_(self.head.bias)

    def forward(self, window: torch.Tensor) -> torch.Tensor:
        held, _ = self.lstm(window)
        return self.head(held[:, -1])


class Examples:
    """A series cut into examples for a network: what came before a place, and what came after it."""

    def __init__(self, values: np.ndarray, cut: int, ahead: int, season: int) -> None:
        self.values, self.ahead, self.season = values, ahead, season
        self.back = int(np.clip(2 * season or 24, SHORTEST, min(LONGEST, max(SHORTEST, cut // 3))))
        self.first = max(self.back + (season or 1), 2)  # the first place with enough before it
        change = np.abs(values[season or 1:cut] - values[:cut - (season or 1)]).mean()
        self.scale = float(change) or 1.0

    def window(self, place: int) -> np.ndarray:
        """The values before a place `(back, 2)`: against the last one, and against one season or one value earlier."""
        lag, here = self.season or 1, self.values[place - self.back:place]
        earlier = self.values[place - self.back - lag:place - lag]
        return np.stack([here - here[-1], here - earlier], axis=1).clip(-20 * self.scale, 20 * self.scale) / self.scale

    def target(self, place: int) -> np.ndarray:
        """What came after it, against "all stays as it was" `(ahead,)`."""
        return (self.values[place:place + self.ahead] - self.base(place)) / self.scale

    def base(self, place: int) -> np.ndarray:
        """What would come after it if all stayed as it was `(ahead,)`."""
        return repeated(self.values[:place], self.season, self.ahead)


def learn_and_forecast(series: Numbers, asked: int, device: str = "cpu") -> Iterator[tuple[float, Forecast]]:
    """Train on the beginning, and forecast the held-back end; yields the share done and the forecasts so far.

    The seed is fixed. The last part of the beginning chooses the state that is used, the held-back end plays no part.
    """
    began, values = time.monotonic(), series.values
    cut, ahead = cut_of(len(values), asked)
    season = season_of(values[:cut])
    made = Examples(values, cut, ahead, season)
    places = range(made.first, cut - ahead + 1)
    note = noted(series, asked, ahead)

    def so_far(net: SeriesNet, learnt: bool) -> Forecast:
        starts = range(cut, len(values), ahead)
        with torch.inference_mode():
            windows = torch.from_numpy(np.stack([made.window(place) for place in starts])).float().to(device)
            apart = net(windows).cpu().double().numpy() * made.scale
        said = np.concatenate([made.base(place) + one for place, one in zip(starts, apart)])
        return Forecast(values, cut, ahead, season, (NAME,), ("deep",), said[None],
                        note if learnt else f"{note} {NOTHING}".strip())

    given = torch.from_numpy(np.stack([made.window(place) for place in places])).float().to(device)
    wanted = torch.from_numpy(np.stack([made.target(place) for place in places])).float().to(device)
    for share, net, learnt in _training(given, wanted, ahead):
        late = time.monotonic() - began > MOST_S
        yield 1.0 if late else share, so_far(net, learnt or share < 1)
        if late:
            return


def _training(given: torch.Tensor, wanted: torch.Tensor, ahead: int) -> Iterator[tuple[float, SeriesNet, bool]]:
    """A network in its best state so far, again and again; and whether that is better than where it began."""
    checked = max(1, int(CHECKED * len(given)))
    known = max(1, len(given) - checked)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        net = SeriesNet(ahead).to(given.device)
    chance = torch.Generator().manual_seed(SEED)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    best, least, learnt = {name: value.clone() for name, value in net.state_dict().items()}, float("inf"), False
    for step in range(STEPS + 1):
        if step % LOOK == 0:
            with torch.inference_mode():
                error = float((net(given[known:]) - wanted[known:]).abs().mean()) if known < len(given) else 0.0
            if error < least:
                best, least, learnt = {name: value.clone() for name, value in net.state_dict().items()}, error, step > 0
            shown = copy.deepcopy(net)
            shown.load_state_dict(best)
            yield step / STEPS, shown, learnt
        batch = torch.randint(known, (min(BATCH, known),), generator=chance)
        loss = nn.functional.smooth_l1_loss(net(given[batch]), wanted[batch])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
