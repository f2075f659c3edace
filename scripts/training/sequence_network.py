"""A network that reads a page's blocks in order: each one's role hangs on those around it.

Two dense layers make of a block's features what is worth telling its neighbours; a
recurrent layer of gated units (Cho et al. 2014) carries that down the page and up again,
and two more layers decide, from the block and from what came by. Web2Text (Vogels et al.
2018) and BoilerNet (Leonhardt et al. 2020) labelled the blocks of pages as sequences before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from scripts.training.layers import LIMIT, input_scale
from scripts.training.lessons import Floats, Lessons

Spans = Sequence[tuple[int, int]]

FIRST, HIDDEN, CARRIED, LAST = 192, 96, 64, 64
"""Sizes of the dense layers before, of the recurrent layer's each direction, and of the next."""

_LONGEST = 400  # rows of a page that are learned from at once
_STRANGE = 0.25  # share of the pages that are learned as if in an unknown language
_BATCH = 1000  # rows, those that fill up the shorter pages among them
_RATE, _DECAY, _WARMING, _STEEPEST = 2e-3, 1e-3, 100, 2.0


class SequenceNetwork(nn.Module):
    """From the features of pages (pages, rows, features) to scores (pages, rows, outputs)."""

    def __init__(self, mean: Floats, scale: Floats, outputs: int, dropout: float) -> None:
        super().__init__()
        self.mean, self.scale, self.dropout = mean, scale, dropout
        self.first = nn.Linear(len(mean), FIRST)
        self.second = nn.Linear(FIRST, HIDDEN)
        self.around = nn.GRU(HIDDEN, CARRIED, batch_first=True, bidirectional=True)
        self.third = nn.Linear(HIDDEN + 2 * CARRIED, LAST)
        self.last = nn.Linear(LAST, outputs)

    def forward(self, rows: torch.Tensor, sizes: torch.Tensor) -> torch.Tensor:
        """The scores; ``sizes`` says how many rows of each page count."""
        own = self._dropped(self.second(self._dropped(self.first(rows))))
        packed = nn.utils.rnn.pack_padded_sequence(
            own, sizes, batch_first=True, enforce_sorted=False
        )
        around, _ = nn.utils.rnn.pad_packed_sequence(
            self.around(packed)[0], batch_first=True, total_length=rows.shape[1]
        )
        around = functional.dropout(around, self.dropout, self.training)
        return self.last(self._dropped(self.third(torch.cat([own, around], -1))))

    def _dropped(self, values: torch.Tensor) -> torch.Tensor:
        return functional.dropout(functional.relu(values), self.dropout, self.training)

    def scaled(self, rows: Floats) -> Floats:
        """Features as the first layer reads them."""
        return np.clip((rows - self.mean) * self.scale, -LIMIT, LIMIT, dtype=np.float32)

    @torch.no_grad()
    def scores(self, rows: Floats) -> Floats:
        """The scores of the rows of one page, one at least."""
        self.eval()
        found = self(torch.from_numpy(self.scaled(rows))[None], torch.tensor([len(rows)]))
        return found[0].numpy()


def fit_sequence(
    rows: Floats,
    lessons: Lessons,
    spans: Spans,
    strange: Floats,
    *,
    epochs: int = 6,
    dropout: float = 0.25,
    seed: int = 17,
) -> SequenceNetwork:
    """A network by AdamW, the rate falling along a cosine.

    ``spans`` are the pages to learn from, each the place of its first row and
    the end of its last. ``strange`` are the rows as they would be in a language whose
    words nothing knows; now and then a page is learned with these.
    On one thread the same rows give the same network.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    generator = np.random.default_rng(seed)
    pieces = list(_pieces(spans))
    chosen = np.concatenate([np.arange(*piece) for piece in pieces])
    outputs = lessons.roles.shape[1] + lessons.yes.shape[1]
    network = SequenceNetwork(*input_scale(rows[chosen]), outputs, dropout)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    plan = [batch for _ in range(epochs) for batch in _batches(pieces, generator)]
    network.train()
    for step, batch in enumerate(plan):
        for group in optimiser.param_groups:
            group["lr"] = _rate(step, len(plan))
        optimiser.zero_grad()
        places = _places(batch)
        read = _read(rows, strange, places, generator)
        _loss(network, read, lessons, batch, places).backward()
        nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
        optimiser.step()
    return network


def _rate(step: int, steps: int) -> float:
    warm = min(1.0, (step + 1) / _WARMING)
    return float(_RATE * warm * 0.5 * (1 + np.cos(np.pi * step / steps)) + 1e-5)


def _pieces(spans: Spans) -> Iterator[tuple[int, int]]:
    """The pages, long ones cut."""
    for begin, end in spans:
        for start in range(begin, end, _LONGEST):
            yield start, min(start + _LONGEST, end)


def _batches(pieces: Spans, generator: np.random.Generator) -> list[Spans]:
    """All pieces in batches of pages about as long as each other, in random order."""
    noise = generator.random(len(pieces)) * 2
    lengths = [(end - begin) // 40 for begin, end in pieces]
    batches: list[list[tuple[int, int]]] = [[]]
    longest = 0
    for at in np.argsort(np.array(lengths) + noise, kind="stable"):
        begin, end = pieces[at]
        longest = max(longest, end - begin)
        if batches[-1] and longest * (len(batches[-1]) + 1) > _BATCH:
            batches.append([])
            longest = end - begin
        batches[-1].append((begin, end))
    return [batches[at] for at in generator.permutation(len(batches))]


def _places(batch: Spans) -> NDArray[np.int64]:
    """The rows of each page of a batch; 0 beyond the last of a shorter one."""
    sizes = [end - begin for begin, end in batch]
    places = np.zeros((len(batch), max(sizes)), np.int64)
    for page, (begin, end) in enumerate(batch):
        places[page, : end - begin] = np.arange(begin, end)
    return places


def _read(
    rows: Floats, strange: Floats, places: NDArray[np.int64], generator: np.random.Generator
) -> Floats:
    """The features of pages (pages, rows, features), of some as if their words were unknown."""
    read = rows[places]
    chosen = generator.random(len(places)) < _STRANGE
    read[chosen] = strange[places[chosen]]
    return read


def _loss(
    network: SequenceNetwork,
    read: Floats,
    lessons: Lessons,
    batch: Spans,
    places: NDArray[np.int64],
) -> torch.Tensor:
    """Cross-entropies of the roles and of each target, for each row of the batch."""
    sizes = np.array([end - begin for begin, end in batch])
    counts = np.arange(sizes.max()) < sizes[:, None]
    scores = network(torch.from_numpy(network.scaled(read)), torch.from_numpy(sizes))
    scores = scores[torch.from_numpy(counts)]
    wanted = places[counts]
    roles = lessons.roles.shape[1]
    given = functional.log_softmax(scores[:, :roles], 1)
    of_roles = -(torch.from_numpy(lessons.roles[wanted]) * given).sum(1)
    of_yes = functional.binary_cross_entropy_with_logits(
        scores[:, roles:], torch.from_numpy(lessons.yes[wanted]), reduction="none"
    )
    total = of_roles @ torch.from_numpy(lessons.role_weight[wanted])
    total += (of_yes * torch.from_numpy(lessons.yes_weight[wanted])).sum()
    return total / len(wanted)
