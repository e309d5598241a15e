#!/usr/bin/env python3
"""How well kinds of fraud are found of which nothing was among what was learnt.

    python3 src/test/scripts/scenarios.py STREAM.csv.gz ./vedette

STREAM has the columns label and scenario; its first 35 % are learnt, the rest is scored. For each scenario the learnt part is
learnt once more without that scenario's rows. Vedette gets neither column: they choose rows here, and measure. Prints average
precisions as a table: of the scenario alone, with other frauds left out of the measure, and of all.
"""
import csv
import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

LEARNT = 0.35
LABELS = ("label", "scenario")


def average_precision(fraud, scores):
    """Mean precision at the frauds, the best first; equal scores count together."""
    ranked = sorted(zip(scores, fraud), reverse=True)
    found = seen = 0
    total = 0.0
    while seen < len(ranked):
        score, hits, size = ranked[seen][0], 0, 0
        while seen + size < len(ranked) and ranked[seen + size][0] == score:
            hits += ranked[seen + size][1]
            size += 1
        seen += size
        found += hits
        total += hits * found / seen
    return total / max(found, 1)


def write(path, rows):
    columns = [name for name in rows[0] if name not in LABELS]
    with open(path, "w", newline="") as out:
        writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def scores(command, folder, learnt, later):
    write(folder / "learnt.csv", learnt)
    write(folder / "later.csv", later)
    out = folder / "scored.csv"
    files = ["--train", folder / "learnt.csv", "--input", folder / "later.csv", "--output", out]
    subprocess.run([*command, "score-transactions", *map(str, files)], check=True, stdout=subprocess.DEVNULL)
    with open(out, newline="") as scored:
        return [float(row["score"]) for row in csv.DictReader(scored)]


def measure(later, scored, scenario=None):
    """Of all frauds, or of one scenario's with the others left out."""
    kept = [
        (int(row["label"]), score)
        for row, score in zip(later, scored)
        if scenario is None or row["label"] == "0" or row["scenario"] == scenario
    ]
    return average_precision([fraud for fraud, _ in kept], [score for _, score in kept])


def main():
    stream, command = sys.argv[1], sys.argv[2:]
    with gzip.open(stream, "rt", newline="") as lines:
        rows = list(csv.DictReader(lines))
    split = int(LEARNT * len(rows))
    learnt, later = rows[:split], rows[split:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        usual = scores(command, folder, learnt, later)
        print("| scenario | frauds learnt / scored | of it: learnt with / without it | of all |")
        print("|---|---|---|---|")
        for scenario in sorted({row["scenario"] for row in later} - {""}):
            less = [row for row in learnt if row["scenario"] != scenario]
            scored = scores(command, folder, less, later)
            count = sum(row["scenario"] == scenario for row in later)
            print(
                f"| {scenario} | {len(learnt) - len(less)} / {count} "
                f"| {measure(later, usual, scenario):.3f} / {measure(later, scored, scenario):.3f} "
                f"| {measure(later, scored):.3f} |",
                flush=True,
            )
        none = [row for row in learnt if row["label"] == "0"]
        scored = scores(command, folder, none, later)
        print(f"| all | {len(learnt) - len(none)} / {sum(row['label'] == '1' for row in later)} | | {measure(later, scored):.3f} |")
        print(f"\nall as it is: {measure(later, usual):.3f}")


if __name__ == "__main__":
    main()
