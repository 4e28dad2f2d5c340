"""Colour or grey, sharpness, exposure and the traces of strong compression."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from degreecheck.inspectors.colours import Lab, Plane, chroma
from degreecheck.inspectors.face import Grey

# A grey picture stored in colour keeps some noise from JPEG, from a scanner or from yellowed paper.
GREY_CHROMA = 6.0
# What is left of a*, b* after one tint per lightness is taken off: 2-4 in sepia, over 12 in colour photos on white
# with grey clothes.
_TINT_SPREAD = 4.5
_LEAST_CONTRAST = 25.0  # L*: without light and shade one tint says nothing (a plain blue wall)

_REBLUR = 2.0  # pixels, standard deviation
_PREBLUR = 0.8
_SHARP_EDGES = 96  # percentile of the gradient from which edges are looked at
_LEAST_EDGES = 12
_LEAST_GRADIENT = 1.0  # grey levels per pixel
_TYPICAL = 60  # percentile of their blur: thin lines (glasses, lashes) look sharper than they are

_BLOCK = 8  # pixels of JPEG's blocks
_LARGEST_STEP = 12  # grey levels: more is an edge of the picture itself
_BURNT = 250  # of 255


def is_grey(lab: Lab) -> bool:
    """Whether a picture has no colour at all. A nearly black one hides its colour and does not count."""
    if float(np.percentile(lab[..., 0], 99)) < 2 * _LEAST_CONTRAST:
        return False
    return bool(np.percentile(chroma(lab), 98) < GREY_CHROMA)


def is_one_tint(lab: Lab) -> bool:
    """Whether a picture is grey under one tint (sepia): lightness alone tells every pixel's colour."""
    lightness = lab[..., 0]
    low, high = np.percentile(lightness, (2, 98))
    if high - low < _LEAST_CONTRAST:
        return False
    thin = lab.reshape(-1, 3)[:: max(1, lab.shape[0] * lab.shape[1] // 20_000)]
    level = np.clip(thin[:, 0] / 100 * 12, 0, 11).astype(int)
    counts = np.bincount(level, minlength=12)
    away = np.zeros(len(thin))
    for axis in (1, 2):
        means = np.bincount(level, thin[:, axis], minlength=12) / np.maximum(counts, 1)
        slopes = np.interp(thin[:, 0], (np.arange(12) + 0.5) * 100 / 12, means)
        away += (thin[:, axis] - slopes) ** 2
    return bool(np.percentile(np.sqrt(away), 98) < _TINT_SPREAD)


def measure_blur(grey: Grey) -> float | None:
    """Standard deviation of the blur of the strongest edges, in pixels; None without clear edges.

    An edge loses steepness under a further, known blur, and the less the more it is blurred already; contrast and
    brightness drop out (Zhuo and Sim, Defocus map estimation from a single image, 2011).
    """
    plane = cv2.GaussianBlur(grey.astype(np.float32), (0, 0), _PREBLUR)
    steep = _gradient(plane)
    blurred = _gradient(cv2.GaussianBlur(plane, (0, 0), _REBLUR))
    limit = max(float(np.percentile(steep, _SHARP_EDGES)), _LEAST_GRADIENT)
    ridge = (steep >= limit) & (steep >= cv2.dilate(steep, np.ones((5, 5), np.uint8)))
    if ridge.sum() < _LEAST_EDGES:
        return None
    ratio = np.clip(steep[ridge] / np.maximum(blurred[ridge], 1e-3), 1.0001, 20)
    variance = _REBLUR**2 / (ratio**2 - 1) - _PREBLUR**2
    return float(np.sqrt(max(float(np.percentile(variance, _TYPICAL)), 0.0)))


def _gradient(plane: npt.NDArray[np.floating] | cv2.typing.MatLike) -> Plane:
    x, y = cv2.Sobel(plane, cv2.CV_32F, 1, 0), cv2.Sobel(plane, cv2.CV_32F, 0, 1)
    return (np.hypot(x, y) / 8).astype(np.float32)


def burnt_share(rgb: npt.NDArray[np.uint8]) -> float:
    """Share of pixels that have lost their detail: two of three channels at the end of their range."""
    return float((np.median(rgb, axis=2) >= _BURNT).mean())


def measure_blockiness(grey: Grey) -> float | None:
    """By how many grey levels the steps at every eighth pixel exceed those elsewhere; None when too small to tell.

    Only for pixels as the file holds them. The grid may begin anywhere, because pictures are cropped.
    """
    if min(grey.shape) < 4 * _BLOCK:
        return None
    plane = grey.astype(np.float32)
    return (_block_step(plane) + _block_step(np.ascontiguousarray(plane.T))) / 2


def _block_step(plane: Plane) -> float:
    steps = np.abs(np.diff(plane, axis=1))
    # a step counts as far as it exceeds its neighbours': edges of the picture itself are wide
    excess = steps[:, 1:-1] - (steps[:, :-2] + steps[:, 2:]) / 2
    columns = np.clip(excess, -_LARGEST_STEP, _LARGEST_STEP).mean(axis=0)
    phases = np.array([columns[phase::_BLOCK].mean() for phase in range(_BLOCK)])
    strongest = int(phases.argmax())
    return max(float(phases[strongest] - np.delete(phases, strongest).mean()), 0.0)
