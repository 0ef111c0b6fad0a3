"""Contrast and distances are computed, with normal sight and with three kinds of colour blindness."""

import itertools

import numpy as np
import pytest

from explorer.figures.palette import DARK, LIGHT, blend, fade, plain, theme

# Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Ottosson 2020."""
    cone = np.array([[0.41222, 0.53633, 0.05145], [0.21190, 0.68070, 0.10740], [0.08830, 0.28172, 0.62998]])
    lab = np.array([[0.21045, 0.79362, -0.00407], [1.97800, -2.42859, 0.45059], [0.02590, 0.78277, -0.80868]])
    return lab @ np.cbrt(cone @ np.clip(rgb, 0, 1))


def distance(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(np.subtract(*(oklab(SIGHT[sight] @ linear(c)) for c in (one, other)))))


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@THEMES
def test_text_keeps_4_5_to_1(colours):
    for colour in (colours.ink, colours.quiet, colours.forward, colours.gradient_text, colours.warning):
        assert contrast(colour, colours.background) >= 4.5, colour


@THEMES
def test_lines_keep_3_to_1(colours):
    for colour in (
        colours.gradient, *colours.architectures.values(), *colours.gates.values(), *colours.categories,
    ):  # fmt: skip
        assert contrast(colour, colours.background) >= 3, colour


@THEMES
@pytest.mark.parametrize("sight", SIGHT)
def test_what_shares_an_axis_is_told_apart(colours, sight):
    cells = [colours.architectures[name] for name in ("rnn", "lstm", "gru")]
    for one, other in [*itertools.combinations(cells, 2), (colours.forward, colours.gradient)]:
        assert distance(one, other, sight) > 0.08, (one, other)


@THEMES
def test_architectures_have_eight_different_hues(colours):
    pairs = itertools.combinations(colours.architectures.values(), 2)
    assert len(colours.architectures) == 8
    assert min(distance(one, other, "normal") for one, other in pairs) > 0.08


@THEMES
@pytest.mark.parametrize("sight", SIGHT)
def test_eight_groups_are_told_apart(colours, sight):
    assert len(colours.categories) == 8 and colours.category(8) == colours.category(0)
    pairs = itertools.combinations(colours.categories, 2)
    assert min(distance(one, other, sight) for one, other in pairs) > 0.08


@THEMES
@pytest.mark.parametrize("sight", SIGHT)
def test_points_are_seen_at_both_ends_of_a_scale(colours, sight):
    for scale in (colours.losses, colours.ranks):
        first, *_, last = (colour for _, colour in scale)
        assert min(contrast(one, colours.background) for one in (first, last)) > 1.5
        assert distance(first, last, sight) > 0.12


@THEMES
@pytest.mark.parametrize("sight", SIGHT)
def test_signs_are_told_apart_at_both_strengths(colours, sight):
    for low, high in zip(colours.negative, colours.positive, strict=True):
        assert distance(low, high, sight) > 0.08


@THEMES
def test_zero_is_the_background(colours):
    assert colours.diverging[2] == [0.5, colours.background]
    assert colours.sequential[0] == [0.0, colours.background]
    assert [at for at, _ in colours.diverging] == sorted(at for at, _ in colours.diverging)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (" ", "␣"),
        ("\n", "⏎"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("a\x00b", "a·b"),
        ("", "∅"),
        ("R&D", "R&amp;D"),
        ("x" * 200, "x" * 23 + "…"),
    ],
)
def test_words_are_shown_letter_by_letter(raw, shown):
    assert plain(raw) == shown


def test_templates_and_formulas_in_words_are_not_interpreted():
    assert "%{" not in plain("%{y}") and "$" not in plain("$x$")


def test_theme_scales_type_only():
    assert theme(dark=True, scale=1.5).px(10) == 15 and theme(dark=True, scale=1.5).forward == DARK.forward


def test_mixing():
    assert fade("#FF0080", 0.5) == "rgba(255,0,128,0.5)" and blend("#000000", "#FFFFFF", 0.5) == "#808080"
