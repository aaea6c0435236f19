"""Trains the two small translation models that the tests and the benchmark run, and packs them.

    python -m pip install --group train    (pip 25.1 or newer)
    python scripts/train_tiny_model.py

Their sentences are those of ``tests/data/models/grammar.toml``: a closed grammar, written for this
project, that is no advice to anybody. The results are real packages of Argos Translate, 0.8 MB
each: they fail as real ones do (a number changed, a mark in the wrong place), so that there is
something to catch. Same seed, same versions of the libraries, same kind of processor: same bytes.
One thread, 40 seconds each. No network.

Writes ``en_es.argosmodel``, ``es_en.argosmodel`` (the way back, for the flag that compares what
comes back) and ``heldout.tsv``, the sentences that neither has ever seen.
"""

import argparse
import hashlib
import io
import itertools
import json
import math
import random
import re
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece
import torch
from ctranslate2.specs import TransformerSpec
from torch import Tensor, nn
from torch.nn import functional

DATA = Path(__file__).resolve().parent.parent / "tests/data/models"
Pair = tuple[str, str]

TOKENS = tuple(f"⟦{number}⟧" for number in range(1, 10))
VOCABULARY = 400
WIDTH, INNER, HEADS, LAYERS = 96, 384, 4, 2
LONGEST = 96
EPOCHS, BATCH_TOKENS, RATE, WARM_UP = 26, 1000, 2e-3, 100
HELD_OUT = 150
NAMES = {"en": "English", "es": "Spanish"}
UNKNOWN, BEGIN, END, PADDING = range(4)
#: Combinations of one sentence that are kept: none may crowd out the others.
MOST_OF_A_KIND = 400


# --- Sentences ---------------------------------------------------------------------------


def make_pairs(grammar: dict[str, list[list[str]]], rng: random.Random) -> Iterator[Pair]:
    """Each sentence of the grammar in a number of its combinations, some with marks."""
    slots = grammar["slot"]
    slots["ppl_capital"] = [[word.capitalize() for word in pair] for pair in slots["ppl"]]
    for english, spanish in grammar["sentence"]:
        names = list(dict.fromkeys(re.findall(r"{(\w+)}", english)))
        combinations = list(itertools.product(*(slots[name] for name in names)))
        rng.shuffle(combinations)
        for chosen in combinations[:MOST_OF_A_KIND]:
            words = dict(zip(names, chosen, strict=True))
            pair = tuple(
                text.format(**{name: word[side] for name, word in words.items()})
                for side, text in enumerate((english, spanish))
            )
            yield from _with_marks(pair, rng)


def _with_marks(pair: Pair, rng: random.Random) -> Iterator[Pair]:
    yield tuple(re.sub("[<>]", "", text) for text in pair)
    if "<" in pair[0]:
        free = [token for token in TOKENS if token not in pair[0]]
        first = rng.randrange(len(free) - 1)
        marks = {"<": free[first], ">": free[first + 1]}
        yield tuple(re.sub("[<>]", lambda m: marks[m[0]], text) for text in pair)


def train_tokeniser(pairs: Sequence[Pair]) -> bytes:
    """A SentencePiece model in which each of our tokens is one piece, and each digit."""
    buffer = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text for pair in pairs for text in pair]),
        model_writer=buffer,
        vocab_size=VOCABULARY,
        model_type="bpe",
        user_defined_symbols=list(TOKENS),
        character_coverage=1.0,
        unk_id=UNKNOWN,
        bos_id=BEGIN,
        eos_id=END,
        pad_id=PADDING,
        split_digits=True,
        hard_vocab_limit=False,
        minloglevel=2,
        num_threads=1,
    )
    return buffer.getvalue()


# --- The network: a Transformer with norms first and one table of embeddings -----------------


class Attention(nn.Module):
    """Attention of several heads."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(
        self, x: Tensor, memory: Tensor, mask: Tensor | None = None, *, causal: bool = False
    ) -> Tensor:
        """What each place of ``x`` gathers from ``memory``."""
        batch, length, _ = x.shape
        q, k, v = (
            linear(y).view(batch, -1, HEADS, WIDTH // HEADS).transpose(1, 2)
            for linear, y in ((self.q, x), (self.k, memory), (self.v, memory))
        )
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
        return self.out(y.transpose(1, 2).reshape(batch, length, WIDTH))


class Layer(nn.Module):
    """One layer of the encoder, or with ``is_decoder`` of the decoder."""

    def __init__(self, *, is_decoder: bool) -> None:
        super().__init__()
        self.norm_self, self.attend_self = nn.LayerNorm(WIDTH), Attention()
        if is_decoder:
            self.norm_source, self.attend_source = nn.LayerNorm(WIDTH), Attention()
        self.norm_inner = nn.LayerNorm(WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: Tensor, mask: Tensor, source: Tensor | None = None) -> Tensor:
        """The next state of each place."""
        y = self.norm_self(x)
        if source is None:
            x = x + self.attend_self(y, y, mask)
        else:
            x = x + self.attend_self(y, y, causal=True)
            x = x + self.attend_source(self.norm_source(x), source, mask)
        return x + self.narrow(functional.relu(self.widen(self.norm_inner(x))))


class Network(nn.Module):
    """Encoder and decoder."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(pieces, WIDTH)
        nn.init.normal_(self.embedding.weight, 0, WIDTH**-0.5)
        self.register_buffer("positions", _positions())
        self.encoder = nn.ModuleList(Layer(is_decoder=False) for _ in range(LAYERS))
        self.decoder = nn.ModuleList(Layer(is_decoder=True) for _ in range(LAYERS))
        self.norm_encoder, self.norm_decoder = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.bias = nn.Parameter(torch.zeros(pieces))

    def _embed(self, x: Tensor) -> Tensor:
        return self.embedding(x) * math.sqrt(WIDTH) + self.positions[: x.size(1)]

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """What each place of the target expects as the next piece."""
        mask = (source != PADDING)[:, None, None, :]
        x = self._embed(source)
        for layer in self.encoder:
            x = layer(x, mask)
        x, y = self.norm_encoder(x), self._embed(target)
        for layer in self.decoder:
            y = layer(y, mask, x)
        return functional.linear(self.norm_decoder(y), self.embedding.weight, self.bias)


def _positions() -> Tensor:
    angles = np.arange(LONGEST)[:, None] / 10000 ** (2 * np.arange(WIDTH // 2)[None] / WIDTH)
    return torch.from_numpy(np.concatenate([np.sin(angles), np.cos(angles)], 1).astype("float32"))


# --- Training ------------------------------------------------------------------------------


def train(
    pairs: Sequence[Pair], tokeniser: sentencepiece.SentencePieceProcessor, rng: random.Random
) -> Network:
    """Train a network, the same each time."""
    encoded = [
        ([*tokeniser.encode(source), END], [BEGIN, *tokeniser.encode(target), END])
        for source, target in pairs
    ]
    network = Network(len(tokeniser))
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, betas=(0.9, 0.98))
    step = 0
    for epoch in range(EPOCHS):
        losses = []
        for batch in _batches(encoded, rng):
            step += 1
            rate = RATE * min(step / WARM_UP, 1) * max(0.03, min(1, 2 * (1 - epoch / EPOCHS)))
            optimiser.param_groups[0]["lr"] = rate
            losses.append(_learn(network, optimiser, batch))
        print(f"epoch {epoch + 1} of {EPOCHS}, loss {sum(losses) / len(losses):.3f}", flush=True)
    return network.eval()


Encoded = tuple[list[int], list[int]]


def _batches(encoded: list[Encoded], rng: random.Random) -> list[list[Encoded]]:
    """Sentences of like lengths together, in a new order each time."""
    ordered = sorted(encoded, key=lambda pair: (max(map(len, pair)), rng.random()))
    batches: list[list[Encoded]] = [[]]
    for pair in ordered:
        if max(map(len, pair)) * (len(batches[-1]) + 1) > BATCH_TOKENS:
            batches.append([])
        batches[-1].append(pair)
    rng.shuffle(batches)
    return batches


def _learn(network: Network, optimiser: torch.optim.Optimizer, batch: list[Encoded]) -> float:
    source = _pad([pair[0] for pair in batch])
    target = _pad([pair[1] for pair in batch])
    said = network(source, target[:, :-1])
    loss = functional.cross_entropy(
        said.flatten(0, 1), target[:, 1:].flatten(), ignore_index=PADDING, label_smoothing=0.1
    )
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return loss.item()


def _pad(rows: list[list[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [PADDING] * (longest - len(row)) for row in rows])


# --- Export: CTranslate2's form, in a package of Argos Translate -----------------------------


def export(network: Network, pieces: list[str], folder: Path) -> None:
    """Write the network in 8-bit integers.

    The layout is that of CTranslate2's own converters (``ctranslate2.specs``).
    """
    spec = TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True)
    for side in (spec.encoder.embeddings[0], spec.decoder.embeddings):
        side.weight = _numbers(network.embedding.weight)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = True
        side.position_encodings.encodings = _numbers(network.positions)
    for part, layer in zip(spec.encoder.layer, network.encoder, strict=True):
        _export_layer(part, layer)
    for part, layer in zip(spec.decoder.layer, network.decoder, strict=True):
        _export_layer(part, layer)
        attention = layer.attend_source
        _export_norm(part.attention.layer_norm, layer.norm_source)
        _export_linear(part.attention.linear[0], attention.q)
        _export_linear(part.attention.linear[1], attention.k, attention.v)
        _export_linear(part.attention.linear[2], attention.out)
    _export_norm(spec.encoder.layer_norm, network.norm_encoder)
    _export_norm(spec.decoder.layer_norm, network.norm_decoder)
    spec.decoder.projection.weight = _numbers(network.embedding.weight)
    spec.decoder.projection.bias = _numbers(network.bias)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_bos, spec.config.add_source_eos = False, True
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "<s>"  # noqa: S105 - a word piece
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _export_layer(part: object, layer: Layer) -> None:
    attention = layer.attend_self
    _export_norm(part.self_attention.layer_norm, layer.norm_self)
    _export_linear(part.self_attention.linear[0], attention.q, attention.k, attention.v)
    _export_linear(part.self_attention.linear[1], attention.out)
    _export_norm(part.ffn.layer_norm, layer.norm_inner)
    _export_linear(part.ffn.linear_0, layer.widen)
    _export_linear(part.ffn.linear_1, layer.narrow)


def _export_linear(part: object, *linears: nn.Linear) -> None:
    part.weight = np.concatenate([_numbers(linear.weight) for linear in linears])
    part.bias = np.concatenate([_numbers(linear.bias) for linear in linears])


def _export_norm(part: object, norm: nn.LayerNorm) -> None:
    part.gamma, part.beta = _numbers(norm.weight), _numbers(norm.bias)


def _numbers(tensor: Tensor) -> np.ndarray:
    return tensor.detach().float().numpy()


README = """\
TEST MODEL, not for real use: a closed grammar of sentences that are no advice to anybody.
Made by scripts/train_tiny_model.py of health-translation-pipeline, from {pairs} pairs. MIT licence.
"""


def pack(folder: Path, tokeniser: bytes, pairs: int, codes: Pair) -> bytes:
    """The package as a zip: same contents, same bytes."""
    source, target = codes
    metadata = {
        "package_version": "0.1",
        "argos_version": "1.9.0",
        "type": "translate",
        "code": f"translate-{source}_{target}",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "links": [],
    }
    (folder / "metadata.json").write_text(json.dumps(metadata, indent=1) + "\n", "utf-8")
    (folder / "sentencepiece.model").write_bytes(tokeniser)
    (folder / "README.md").write_text(README.format(pairs=pairs), "utf-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = f"translate-{source}_{target}-0_1/{path.relative_to(folder).as_posix()}"
                info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(info, path.read_bytes())
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Split:
    """The sentences that are learned from, and those that are kept for the test."""

    train: list[Pair]
    held_out: list[Pair]


def split_pairs(seed: int) -> Split:
    """All pairs of the grammar, in an order that the seed decides."""
    rng = random.Random(seed)  # noqa: S311 - to repeat, not to hide
    grammar = tomllib.loads((DATA / "grammar.toml").read_text("utf-8"))
    pairs = list(dict.fromkeys(make_pairs(grammar, rng)))
    rng.shuffle(pairs)
    return Split(pairs[HELD_OUT:], pairs[:HELD_OUT])


def make_model(pairs: Sequence[Pair], codes: Pair, seed: int) -> bytes:
    """Train one direction and pack it."""
    torch.manual_seed(seed)
    model = train_tokeniser(pairs)
    tokeniser = sentencepiece.SentencePieceProcessor(model_proto=model)
    print(f"{'_'.join(codes)}: {len(pairs)} pairs, {len(tokeniser)} pieces")
    network = train(pairs, tokeniser, random.Random(seed))  # noqa: S311 - to repeat
    pieces = [tokeniser.id_to_piece(number) for number in range(len(tokeniser))]
    with tempfile.TemporaryDirectory() as work:
        export(network, pieces, Path(work) / "model")
        return pack(Path(work), model, len(pairs), codes)


def main() -> None:
    """Train, pack, and say the digests."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, default=DATA, help="where to write")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    print(f"torch {torch.__version__}, ctranslate2 {ctranslate2.__version__}")
    split = split_pairs(arguments.seed)
    rows = [f"{source}\t{target}\n" for source, target in split.held_out]
    (arguments.out / "heldout.tsv").write_text("".join(rows), "utf-8", newline="\n")
    for codes, pairs in (
        (("en", "es"), split.train),
        (("es", "en"), [(target, source) for source, target in split.train]),
    ):
        data = make_model(pairs, codes, arguments.seed)
        name = f"{'_'.join(codes)}.argosmodel"
        (arguments.out / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
