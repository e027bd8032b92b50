#!/usr/bin/env python3
"""Reading is linear: CPU time to read, validate and normalise a declaration of 10 to 1,999 items, in each dialect.

A declaration of the dialect's own tests has its items repeated. What the program needs to start is taken off: many files
are read in one run, and one file in another. Printed: microseconds per item, and how the last stands to the first.
"""
import os
import pathlib
import re
import resource
import subprocess
import sys

BUILD = pathlib.Path(os.environ.get("BUILD", "build"))
ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZES = (10, 100, 500, 1000, 1999)
ITEMS_PER_RUN = 8000
# Dialect, a declaration of its tests, the element of an item and that of its number.
DIALECTS = (("wco-dec", "hand-tools.xml", "GovernmentAgencyGoodsItem", "SequenceNumeric"),
            ("eu-aes", "machinery.xml", "GoodsItem", "declarationGoodsItemNumber"),
            ("asycuda-sad", "permanent.xml", "Item", None),
            ("china-dec", "spanners.xml", "DecList", "GNo"),
            ("ubl", "export-plain.xml", "GoodsItem", "SequenceNumberID"))


def declaration(dialect, file, element):
    """The text before the items, the first item, the text behind the last."""
    text = (ROOT / "schemas/dialects" / dialect / "tests" / file).read_text(encoding="utf-8")
    items = list(re.finditer(rf"<((?:\w+:)?{element})[ >].*?</\1>\s*", text, re.S))
    return text[:items[0].start()], items[0].group(0), text[items[-1].end():]


def repeated(parts, count, number):
    head, item, tail = parts
    out = []
    for n in range(1, count + 1):
        one = item
        if number:
            one = re.sub(rf"(<(?:\w+:)?{number}>)[^<]*", rf"\g<1>{n}", one, count=1)
        out.append(one)
    return head + "".join(out) + tail


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 2:
        sys.exit(f"{' '.join(command[:3])}: failed")
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1e6


def main():
    work = BUILD / "bench" / "curve"
    work.mkdir(parents=True, exist_ok=True)
    print(f"{'us per item':12}" + "".join(f"{size:>9}" for size in SIZES) + "   last/first")
    for name, file, element, number in DIALECTS:
        parts = declaration(name, file, element)
        costs = []
        for size in SIZES:
            path = work / f"{name}-{size}.xml"
            path.write_text(repeated(parts, size, number), encoding="utf-8")
            command = [str(BUILD / "tidewaiter"), "normalise", "--unread", "--now", "2026-03-09T08:00:00Z"]
            count = max(2, ITEMS_PER_RUN // size)
            many = cpu(command + [str(path)] * (count + 1))
            costs.append((many - cpu(command + [str(path)])) / count / size)
        print(f"{name:12}" + "".join(f"{cost:9.2f}" for cost in costs) + f"   {costs[-1] / costs[0]:6.2f}")


if __name__ == "__main__":
    main()
