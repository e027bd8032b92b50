#!/usr/bin/env python3
"""An include points down only: rooms from the lowest floor up are given as arguments.

A file of a room may include its own room and those before it; the tables of the case (stages/*.h) stand above the
rooms up to `reference` and below the others; stages/*.c stand above all rooms, pipeline above the stages.
"""
import pathlib
import re
import sys

rooms = sys.argv[1:]
floor = {room: index * 2 for index, room in enumerate(rooms)}
CASE = floor["reference"] + 1          # consignment.h, finding.h, knowledge.h, stage.h
STAGES = len(rooms) * 2
PIPELINE = STAGES + 1


def floor_of(path):
    parts = pathlib.PurePath(path).parts
    if parts[0] == "pipeline":
        return PIPELINE
    if len(parts) == 2:
        return CASE if path.endswith(".h") else STAGES
    return floor[parts[1]]


def target(name):
    parts = name.split("/")
    if parts[0] in floor:
        return floor[parts[0]]
    if len(parts) == 1 and pathlib.Path("stages", name).exists():
        return CASE
    return PIPELINE if pathlib.Path("pipeline", name).exists() else None


faults = 0
for path in sorted([*pathlib.Path("stages").rglob("*.[ch]"), *pathlib.Path("pipeline").rglob("*.[ch]")]):
    here = floor_of(str(path))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        there = target(found.group(1)) if found else None
        if there is not None and there > here:
            print(f"{path}:{number}: includes {found.group(1)}, which stands on a higher floor")
            faults += 1
        if found and re.match(r"(libxml|libxslt)", found.group(1)):
            print(f"{path}:{number}: quoted include of a library")
            faults += 1
        system = re.match(r"\s*#\s*include\s+<(libxml|libxslt)/", line)
        if system and "stages/xml/" not in str(path):
            print(f"{path}:{number}: only stages/xml knows {system.group(1)}")
            faults += 1
sys.exit(1 if faults else 0)
