"""AWS's prices, read from one dated file that a user may replace."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Prices:
    """AWS's prices of one unit of each thing, in US dollars, on one day in one region."""

    date: str
    region: str
    usd: dict[str, float]

    def of(self, name: str) -> float:
        """Return the price of one unit."""
        return self.usd[name]

    def task_hour(self, cpu: str, vcpu: float, gb: float) -> float:
        """Return what a task of Fargate costs for an hour, on demand, on a CPU of "arm" or "x86"."""
        return vcpu * self.of(f"{cpu}_vcpu_hour") + gb * self.of(f"{cpu}_gb_hour")


def read(path: Path = FILE) -> Prices:
    """Read a price file; raise ValueError that names every price which is missing or not a number.

    A missing price is an error: a bill without it would look cheap.
    """
    own = tomllib.loads(FILE.read_text())
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is no price file: {error}") from error
    prices = document.get("price", {})
    usd = {name: prices.get(name, {}).get("usd") for name in own["price"]}
    wrong = [name for name, value in usd.items() if not isinstance(value, int | float) or value < 0]
    wrong += [name for name in ("date", "region") if not document.get(name)]
    if wrong:
        raise ValueError(f"{path} has no valid price of: {', '.join(wrong)}")
    return Prices(str(document["date"]), str(document["region"]), usd)
