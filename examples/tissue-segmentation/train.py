"""Makes `tissue.json`, the model's weights, from drawn heads alone: `python train.py`.

It draws planes of a head, of four grey levels with noise and blur, and fits a softmax regression to what
`features` in the package says of each pixel. No patient's image is used, so the weights may be used freely (CC0).
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from scipy.ndimage import gaussian_filter
from tissue_segmentation import features

FILE = Path(__file__).parent / "src/tissue_segmentation/tissue.json"
NAMES = ["value", "square", "smooth", "smooth square", "one"]
LEVELS = (0.02, 0.2, 0.65, 1.05)  # air, dark tissue, soft tissue and fat, relative to one another


def drawn(seed: int, size: int = 96) -> tuple[np.ndarray, np.ndarray]:
    """Return the values and the classes of one drawn plane."""
    random = np.random.default_rng(seed)
    row, column = np.mgrid[:size, :size] / size - 0.5
    ripple = 0.03 * np.sin(np.arctan2(row, column) * random.integers(5, 12))
    radius = np.hypot(row / random.uniform(0.9, 1.1), column) + ripple
    classes = np.select([radius < 0.05, radius < 0.28, radius < 0.32, radius < 0.38], [1, 2, 1, 3], 0)
    values = gaussian_filter(np.array(LEVELS)[classes], random.uniform(0.4, 0.9))
    return values * random.uniform(200, 2000) + random.normal(0, 15, values.shape), classes


def fitted(steps: int = 600, rate: float = 2.0) -> list[list[float]]:
    """Return a row of weights for each class, the last of each for a feature that is always 1."""
    planes = [drawn(seed) for seed in range(12)]
    given = np.concatenate([features(values[None]).reshape(-1, len(NAMES)) for values, _ in planes])
    wanted = np.eye(len(LEVELS))[np.concatenate([classes.ravel() for _, classes in planes])]
    share = 1 / (len(LEVELS) * wanted.sum(axis=0))  # each class counts the same
    weights = np.zeros((len(LEVELS), len(NAMES)))
    for _ in range(steps):
        scores = given @ weights.T
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        weights -= rate * ((chance - wanted) * (wanted @ share)[:, None]).T @ given
    return np.round(weights, 3).tolist()


if __name__ == "__main__":
    model = {"features": NAMES, "classes": ["air", "dark tissue", "soft tissue", "fat"], "weights": fitted()}
    FILE.write_text(json.dumps(model, indent=1) + "\n")
    sys.stdout.write(hashlib.sha256(FILE.read_bytes()).hexdigest() + "\n")
