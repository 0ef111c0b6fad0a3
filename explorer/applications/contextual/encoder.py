"""A Transformer encoder of the BERT family, read from a folder: subwords, states of every layer, attention of every head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from explorer.applications.contextual.reading import Reading

torch.set_num_threads(1)  # as in `explorer.sequence`: one thread, the same bits on every machine

LONGEST = 20_000
"""Characters of a text that are looked at at all; more could never be read as one."""


def load_library() -> None:
    """Import what reads the weights, which takes seconds the first time; `ContextualModel` does it by itself otherwise."""
    from transformers import BertModel  # noqa: F401


class TooLong(ValueError):
    """A text of more subwords than the model has positions for; the text says how many it may have."""


class ContextualModel:
    """Reads texts. May be used from several threads.

    Parameters
    ----------
    folder : Path
        With ``config.json``, ``model.safetensors`` and ``tokenizer.json``. They are read as data.
    name : str
        What it is called on a page.

    Attributes
    ----------
    layers, heads, width, positions : int
        Its sizes: layers above the embeddings, heads in each, numbers per state, most subwords in a text.
    """

    def __init__(self, folder: Path, name: str = "") -> None:
        from transformers import BertModel
        from transformers.utils import logging

        logging.disable_progress_bar()
        self.name, self._folder = name, folder
        # `eager`: the other ways of computing attention do not keep its weights.
        model = BertModel.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, attn_implementation="eager", dtype=torch.float32
        )
        self._model = model.eval().requires_grad_(False)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        config = model.config
        self.layers, self.heads = config.num_hidden_layers, config.num_attention_heads
        self.width, self.positions = config.hidden_size, config.max_position_embeddings

    @property
    def vocabulary(self) -> int:
        """How many subwords it knows."""
        return self._tokenizer.get_vocab_size()

    def pieces(self, text: str) -> list[str]:
        """The subwords of a text, without separators."""
        return self._tokenizer.encode(text[:LONGEST], add_special_tokens=False).tokens

    def read(self, text: str) -> Reading:
        """The states and the attention of one text.

        Raises
        ------
        ValueError
            When there is no word in it.
        TooLong
            When it has more subwords than the model has positions for.
        """
        encoding = self._encoded(text)
        with torch.no_grad():
            out = self._model(torch.tensor([encoding.ids]), output_hidden_states=True, output_attentions=True)
        return Reading(
            text=text,
            pieces=tuple(encoding.tokens),
            ids=tuple(encoding.ids),
            spans=tuple(encoding.offsets),
            words=tuple(encoding.word_ids),
            hidden=torch.cat(out.hidden_states).numpy(),
            attention=torch.cat(out.attentions).numpy(),
        )

    def sentences(
        self, texts: list[str], progress: Callable[[int], None] = lambda done: None, most: int | None = None
    ) -> np.ndarray:
        """Vectors of whole texts, (n, d), each of length 1; texts too long are read as far as the model reads.

        Parameters
        ----------
        texts : list of str
        progress : callable
            Told how many are done, now and then.
        most : int, optional
            Subwords of a text that are read, separators included; as many as the model reads when not given.
        """
        vectors = np.zeros((len(texts), self.width), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._batch([texts[i] for i in rows], min(most or self.positions, self.positions))
            progress(start + len(rows))
        return vectors

    def gradient(self, text: str, target: Callable[[tuple[Tensor, ...]], Tensor]) -> np.ndarray:
        """Gradient x input: by how much each subword's embedding moves a number, to first order.

        Parameters
        ----------
        text : str
        target : callable
            Given the states of all layers, each (1, n, d), the number.

        Returns
        -------
        numpy.ndarray
            (n,): the gradient of the number with respect to the subword's embedding, times that embedding (Shrikumar et
            al. 2016; Denil et al. 2014 for text).
        """
        encoding = self._encoded(text)
        embedded = self._model.embeddings.word_embeddings(torch.tensor([encoding.ids])).requires_grad_()
        with torch.enable_grad():
            out = self._model(inputs_embeds=embedded, output_hidden_states=True)
            (gradient,) = torch.autograd.grad(target(out.hidden_states), embedded)
        return (gradient * embedded).sum(-1)[0].detach().numpy()

    def covered(
        self, text: str, groups: Sequence[Sequence[int]], target: Callable[[tuple[Tensor, ...]], Tensor]
    ) -> np.ndarray:
        """What becomes of a number when subwords are covered: replaced by ``[MASK]``, the model's sign for a missing one.

        Parameters
        ----------
        text : str
        groups : sequence of sequence of int
            Subwords that are covered together, one group at a time.
        target : callable
            Given the states of all layers for b readings, each (b, n, d), the number in each, (b,).

        Returns
        -------
        numpy.ndarray
            (groups,).
        """
        ids, mask = torch.tensor(self._encoded(text).ids), self._tokenizer.token_to_id("[MASK]")
        values = []
        for start in range(0, len(groups), BATCH):
            rows = ids.repeat(len(groups[start : start + BATCH]), 1)
            for row, group in zip(rows, groups[start : start + BATCH], strict=True):
                row[list(group)] = mask
            with torch.no_grad():
                values.append(target(self._model(rows, output_hidden_states=True).hidden_states).numpy())
        return np.concatenate(values) if values else np.zeros(0, dtype=np.float32)

    @property
    def has_prediction_head(self) -> bool:
        """Whether the weights hold what turns a state into a guess of a missing word; see `tensor_names`."""
        return any(name.startswith("cls.") for name in self.tensor_names)

    @property
    def tensor_names(self) -> tuple[str, ...]:
        """What the weights in the file are called."""
        from safetensors import safe_open

        with safe_open(self._folder / "model.safetensors", "pt") as weights:
            return tuple(weights.keys())

    def _encoded(self, text: str) -> Encoding:
        if not text.strip():
            raise ValueError("There is no word to read. Type a sentence.")
        encoding = self._tokenizer.encode(text[:LONGEST])
        if len(text) > LONGEST or len(encoding) > self.positions:
            count = f"{len(encoding):,}" if len(text) <= LONGEST else f"more than {len(encoding):,}"
            raise TooLong(
                f"This text has {count} subwords; the model reads {self.positions} at once, with the two separators. "
                "Shorten it, or read it sentence by sentence."
            )
        if not any(word is not None for word in encoding.word_ids):
            raise ValueError("There is no word to read. Type a sentence.")
        return encoding

    def _batch(self, texts: list[str], most: int) -> np.ndarray:
        ids = [self._tokenizer.encode(text[:LONGEST]).ids for text in texts]
        # The last of a text cut short must still be the separator.
        ids = [one if len(one) <= most else [*one[: most - 1], one[-1]] for one in ids]
        longest = max(map(len, ids))
        inputs, mask = torch.zeros(len(ids), longest, dtype=torch.long), torch.zeros(len(ids), longest)
        for row, one in enumerate(ids):
            inputs[row, : len(one)], mask[row, : len(one)] = torch.tensor(one), 1.0
        with torch.no_grad():
            top = self._model(inputs, attention_mask=mask).last_hidden_state
        means = (top * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.nn.functional.normalize(means, dim=1).numpy()


BATCH = 16
"""Texts read at once, of about the same length."""
