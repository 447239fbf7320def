"""The networks as torch modules; imported only where torch is needed.

Every module takes `input_ids` and `attention_mask` `(B, L)` and gives logits `(B, K)` that do not depend on padding.
"""

from __future__ import annotations

from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from maeum.errors import ContractError
from maeum.messages import say
from maeum.models.neural.network_settings import (
    Activation,
    Cell,
    ConvolutionSettings,
    NetworkSettings,
    Pooling,
    RecurrentSettings,
)
from maeum.models.neural.units import PAD

EMBEDDING_SCALE: Final = 0.1  # standard deviation of embeddings at the start
_ACTIVATIONS: Final[dict[Activation, type[nn.Module]]] = {
    Activation.RELU: nn.ReLU,
    Activation.TANH: nn.Tanh,
    Activation.GELU: nn.GELU,
    Activation.SILU: nn.SiLU,
    Activation.SIGMOID: nn.Sigmoid,
    Activation.LINEAR: nn.Identity,
}
_CELLS: Final[dict[Cell, type[nn.LSTM] | type[nn.GRU]]] = {Cell.LSTM: nn.LSTM, Cell.GRU: nn.GRU}


class Network(nn.Module):
    """Embedding -> `body` -> `head`; where n-grams stand beside it, `scale · wide` is added.

    Args:
        settings: Of the family.
        body: What makes one vector of the embedded units of a text; `width` numbers.
        vocabulary: Ids there are.
        labels: K.
    """

    def __init__(self, settings: NetworkSettings, body: Convolution | Recurrent, vocabulary: int, labels: int) -> None:
        super().__init__()
        self.embedding: nn.Embedding | SpelledEmbedding = nn.Embedding(vocabulary, settings.embedding, padding_idx=PAD)
        self.hidden_units = nn.Dropout(settings.embedding_dropout)
        self.body = body
        inner: list[nn.Module] = [nn.Dropout(settings.dropout)]
        width = body.width
        if settings.dense:
            inner += [
                nn.Linear(width, settings.dense),
                activation_of(settings.activation),
                nn.Dropout(settings.dropout),
            ]
            width = settings.dense
        self.inner = nn.Sequential(*inner)
        self.output = nn.Linear(width, labels)
        self.scale = nn.Parameter(torch.ones(1)) if settings.wide else None

    def spell(self, letters: Tensor) -> None:
        """Have units learn from their characters too, until `fold`; see `SpelledEmbedding`."""
        assert isinstance(self.embedding, nn.Embedding)
        self.embedding = SpelledEmbedding(self.embedding, letters)
        with torch.no_grad():
            self.embedding.of_letters.weight.normal_(0, EMBEDDING_SCALE)
            self.embedding.of_letters.weight[0].zero_()

    def fold(self) -> None:
        """The same network with one plain table of units: what is saved and predicts."""
        if isinstance(self.embedding, SpelledEmbedding):
            self.embedding = self.embedding.folded()

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        wide: Tensor | None = None,
        **_ignored: Any,
    ) -> Tensor:
        """Logits `(B, K)`.

        Args:
            input_ids: `(B, L)` int64.
            attention_mask: `(B, L)`, 1 for units and 0 for padding, which follows the units.
            wide: `(B, K)` scores of n-grams, where the network has them beside it.
            **_ignored: Token types, which tell only pairs apart.
        """
        kept = self.hidden_units(attention_mask.to(self.embedding.weight.dtype))
        embedded = self.embedding(input_ids) * kept[:, :, None]
        logits: Tensor = self.output(self.inner(self.body(embedded, attention_mask.bool())))
        if self.scale is None:
            return logits
        if wide is None:
            expected = say("networks.wide_missing", labels=self.output.out_features)
            raise ContractError("common.contract", what="wide", expected=expected, found=None)
        return logits + self.scale * wide


class SpelledEmbedding(nn.Module):
    """While it learns, a unit's vector is its own plus the mean of its characters': rare units profit from others.

    As fastText does for words (Bojanowski et al. 2017). `folded` is the plain table that gives the same vectors.

    Args:
        own: One vector per unit.
        letters: `(V, P)` int64, the characters of each unit by number from 1, 0 for none.
    """

    def __init__(self, own: nn.Embedding, letters: Tensor) -> None:
        super().__init__()
        self.own = own
        self.of_letters = nn.EmbeddingBag(int(letters.max()) + 1, own.embedding_dim, mode="mean", padding_idx=0)
        self.letters: Tensor
        self.register_buffer("letters", letters, persistent=False)

    @property
    def weight(self) -> Tensor:
        """Of the units themselves, for who asks for its type."""
        return self.own.weight

    def forward(self, ids: Tensor) -> Tensor:
        """Vectors `(…, E)` of units."""
        own: Tensor = self.own(ids)
        spelt: Tensor = self.of_letters(self.letters[ids.reshape(-1)])
        return own + spelt.view_as(own)

    def folded(self) -> nn.Embedding:
        """A plain table with these vectors."""
        with torch.no_grad():
            plain = nn.Embedding(self.own.num_embeddings, self.own.embedding_dim, padding_idx=PAD)
            plain.weight.copy_(self(torch.arange(self.own.num_embeddings, device=self.own.weight.device)))
            plain.weight[PAD].zero_()
        return plain.to(self.own.weight.device)


class Convolution(nn.Module):
    """Filters of several widths, the strongest answer of each anywhere in the text (Kim 2014)."""

    def __init__(self, settings: ConvolutionSettings) -> None:
        super().__init__()
        self.filters = nn.ModuleList(
            nn.Conv1d(settings.embedding, settings.filters, width) for width in settings.widths
        )
        self.activate = activation_of(settings.activation)
        self.width = settings.filters * len(settings.widths)

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """One vector `(B, width)` for units `(B, L, E)`, of which `mask` `(B, L)` says which are no padding."""
        across = embedded.transpose(1, 2)
        found = []
        for convolution in self.filters:
            assert isinstance(convolution, nn.Conv1d)
            reach = convolution.kernel_size[0] - 1  # zeros on either side, so that texts of one unit have an answer
            answers = self.activate(convolution(functional.pad(across, (reach // 2, reach - reach // 2))))
            found.append(answers.masked_fill(~mask[:, None, :], -torch.inf).amax(dim=2))
        return torch.cat(found, dim=1)


class Recurrent(nn.Module):
    """Layers of LSTM or GRU cells in one direction or both.

    The backward direction reads each text turned round within its own length: as exact as packed sequences, as quick on
    a CPU (measured: 50 against 50–67 ms a step), and made of operations that every export format has.
    """

    def __init__(self, settings: RecurrentSettings) -> None:
        super().__init__()
        cell = _CELLS[settings.cell]
        self.width = settings.hidden * (2 if settings.both_directions else 1)
        widths = [settings.embedding, *[self.width] * (settings.layers - 1)]
        self.forwards = nn.ModuleList(cell(width, settings.hidden, batch_first=True) for width in widths)
        backwards = widths if settings.both_directions else []
        self.backwards = nn.ModuleList(cell(width, settings.hidden, batch_first=True) for width in backwards)
        self.between = nn.Dropout(settings.dropout)
        self.pooling = settings.pooling
        self.attention = nn.Linear(self.width, 1) if settings.pooling is Pooling.ATTENTION else None

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """One vector `(B, width)` for units `(B, L, E)`, of which `mask` `(B, L)` says which are no padding."""
        lengths = mask.sum(dim=1, keepdim=True)
        places = torch.arange(mask.shape[1], device=mask.device)
        turned = torch.where(mask, lengths - 1 - places, places)
        states = embedded
        for layer, cell in enumerate(self.forwards):
            below = states if layer == 0 else self.between(states)
            states = cell(below)[0]
            if self.backwards:
                back = _turn(self.backwards[layer](_turn(below, turned))[0], turned)
                states = torch.cat([states, back], dim=2)
        return self._pool(states, mask, lengths)

    def _pool(self, states: Tensor, mask: Tensor, lengths: Tensor) -> Tensor:
        outside = ~mask[:, :, None]
        if self.pooling is Pooling.MAX:
            return states.masked_fill(outside, -torch.inf).amax(dim=1)
        if self.pooling is Pooling.MEAN:
            return states.masked_fill(outside, 0).sum(dim=1) / lengths
        if self.attention is not None:
            scores: Tensor = self.attention(states)
            weights = scores.masked_fill(outside, -torch.inf).softmax(dim=1)
            return (weights * states.masked_fill(outside, 0)).sum(dim=1)
        last = states.gather(1, (lengths - 1)[:, :, None].expand(-1, -1, self.width)).squeeze(1)
        if not self.backwards:
            return last
        half = self.width // 2
        return torch.cat([last[:, :half], states[:, 0, half:]], dim=1)


def build(settings: NetworkSettings, vocabulary: int, labels: int) -> Network:
    """The network that `settings` describe, with the library's own first weights."""
    body: Convolution | Recurrent
    if isinstance(settings, ConvolutionSettings):
        body = Convolution(settings)
    else:
        assert isinstance(settings, RecurrentSettings)
        body = Recurrent(settings)
    return Network(settings, body, vocabulary, labels)


def start(module: Network) -> Network:
    """First weights from which training goes well; random ones by torch's generator.

    Recurrent weights are orthogonal (Saxe et al. 2014) and forget gates open (Jozefowicz et al. 2015). Beside n-grams
    the output is 0, so that training begins at what the n-grams know.
    """
    with torch.no_grad():
        module.embedding.weight.normal_(0, EMBEDDING_SCALE)
        module.embedding.weight[PAD].zero_()
        for cell in module.modules():
            if isinstance(cell, nn.RNNBase):
                _start_cell(cell)
        if module.scale is not None:
            module.output.weight.zero_()
            module.output.bias.zero_()
    return module


def activation_of(activation: Activation) -> nn.Module:
    """The activation as a layer."""
    return _ACTIVATIONS[activation]()


def _start_cell(cell: nn.RNNBase) -> None:
    for name, parameter in cell.named_parameters():
        if name.startswith("weight_hh"):
            for gate in torch.split(parameter, cell.hidden_size):
                nn.init.orthogonal_(gate)
        elif name.startswith("bias"):
            parameter.zero_()
            if isinstance(cell, nn.LSTM) and name.startswith("bias_ih"):
                parameter[cell.hidden_size : 2 * cell.hidden_size] = 1  # gates in order: input, forget, cell, output


def _turn(states: Tensor, turned: Tensor) -> Tensor:
    """States `(B, L, H)` with the units of each text in the order `turned` `(B, L)`."""
    return states.gather(1, turned[:, :, None].expand(-1, -1, states.shape[2]))
