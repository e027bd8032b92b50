#!/usr/bin/env python3
"""make bench: the review against the floor F of one corpus, in one run, as a ratio of CPU times.

The floor (floor.c) reads and validates; the review does everything, all pages and outputs on, containers unsealed.
Both are pinned to one core and alternate, so that the machine treats them alike. Nothing is asserted: the figures are
printed, with their spread, and the last line is `review/floor N.NN`.
"""
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys

BUILD = pathlib.Path(os.environ.get("BUILD", "build"))
COUNT = int(os.environ.get("BUNDLES", "1000"))
PASSES = int(os.environ.get("PASSES", "5"))
NOW = "2026-03-09T08:00:00Z"
HERE = pathlib.Path(__file__).resolve().parent


def pinned(command, **keywords):
    core = sorted(os.sched_getaffinity(0))[-1]
    return subprocess.run(command, preexec_fn=lambda: os.sched_setaffinity(0, {core}), check=False, **keywords)


def cpu_of(command, **keywords):
    """CPU time of a child process, in microseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = pinned(command, **keywords)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return spent * 1e6, done


def spread(values):
    middle = statistics.median(values)
    return f"{middle:.2f} (min {min(values):.2f}, max {max(values):.2f})"


def main():
    bundles = BUILD / "bench" / "bundles"
    if not (bundles / f".made-{COUNT}").exists():
        shutil.rmtree(bundles, ignore_errors=True)
        subprocess.run([sys.executable, HERE / "corpus.py", str(bundles), str(COUNT)], check=True)
        (bundles / f".made-{COUNT}").touch()
    files = sorted(str(path) for path in bundles.glob("*.zip"))
    size = sum(os.path.getsize(file) for file in files)
    print(f"corpus: {len(files)} bundles, {size / len(files) / 1000:.1f} kB each, made from seed numbers")
    listed = BUILD / "bench" / "list"
    listed.write_text("\n".join(files) + "\n", encoding="utf-8")
    outputs = BUILD / "bench" / "out"
    ratios, floors, reviews = [], [], []
    stages = {}
    for number in range(PASSES):
        done = pinned([str(BUILD / "extra/bench/floor"), "schemas", *files], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"the floor failed: {done.stderr}")
        floor, documents, invalid = (int(part) for part in done.stdout.split())
        # Nothing is removed before the end: a file system is slow to make files where many were just removed.
        out = outputs / f"{os.getpid()}-{number}"
        review, done = cpu_of([str(BUILD / "tidewaiter"), "review", f"@{listed}", "--out", str(out), "--no-seal", "--now",
                               NOW, "--quiet", "--format", "csv", "-j", "1"], stdout=subprocess.DEVNULL)
        if done.returncode > 2:
            sys.exit("the review failed")
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))["run"]
        stages = run["stages"]
        floors.append(floor / len(files))
        reviews.append(review / len(files))
        ratios.append(review / floor)
        if number == 0:
            print(f"floor: {documents} documents validated, {invalid} not valid")
            print("outcomes:", ", ".join(f"{count} {name}" for name, count in run["outcomes"].items() if count))
    shutil.rmtree(outputs)
    print(f"floor  us/bundle {spread(floors)}")
    print(f"review us/bundle {spread(reviews)}   (start-up and writing included)")
    whole = sum(stages.values()) or 1
    for name, spent in stages.items():
        print(f"  {name:10} {spent / whole * 100:5.1f} %   {spent / len(files) * 1000 / statistics.median(floors):5.2f} F")
    print(f"ratio  {spread(ratios)}")
    print(f"review/floor {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
