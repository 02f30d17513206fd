"""`make simulate`: every kind of arrivals at three kinds of algorithms, as a table in Markdown."""

from bench.simulation.figures import KINDS, ROUNDS, Figures, measure


def main() -> None:
    """Print a line for each kind of arrivals and of algorithm."""
    print("| arrivals | algorithm | jobs | wait of 95 % | declared | tasks at most | task-seconds | busy stopped |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    for shape in ROUNDS:
        for kind in KINDS:
            print(line(shape, kind, measure(shape, kind, ROUNDS[shape])))


def line(shape: str, kind: str, got: Figures) -> str:
    """Return the figures as a line of the table."""
    declared = f"{KINDS[kind].acceptable_latency:.0f} s"
    waits = f"{got.wait:.0f} s | {declared} | {got.most} | {got.ratio:.2f} x | {got.stopped}"
    return f"| {shape} | {kind} | {got.jobs} | {waits} |"


main()
