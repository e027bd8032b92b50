#!/usr/bin/env python3
"""Whole runs over the packed fixtures: what is decided of each, and the same bytes on every way to it."""
import json
import os

from tap import EXPECTED, UPDATE, BUNDLES, bundles, done, json_lines, name_of, ok, read, review, same, work_folder, write


def essence(line):
    """What the specification settles about a bundle; messages and counts are not among it."""
    return {
        'outcome': line['outcome'],
        'reason': line['reason'],
        'closed': line['closed'],
        'supervised': line['supervised'],
        'findings': [{key: finding[key] for key in ('rule', 'effect', 'document', 'line')} for finding in line['findings']],
        'undecided': [{key: item[key] for key in ('rule', 'missing')} for item in line['undecided']],
    }


def fits(found, expected):
    """Equal, but that a finding of the expectations may leave its line or document open."""
    if expected is None or {**found, 'findings': 0} != {**expected, 'findings': 0}:
        return False
    pairs = list(zip(found['findings'], expected['findings']))
    return len(found['findings']) == len(expected['findings']) and all(one.get(key) == other[key] for one, other in pairs for key in other)


def difference(found, expected):
    """What was expected and is not there, and what is there and was not expected."""
    if expected is None:
        return 'nothing is checked in for it (UPDATE=1 writes it)'
    rows = [f'{key}: {found[key]!r}, expected {expected[key]!r}' for key in ('outcome', 'reason', 'closed', 'supervised')
            if found[key] != expected[key]]
    for key in ('findings', 'undecided'):
        extra = [item for item in found[key] if not any(all(item[k] == other[k] for k in other) for other in expected[key])]
        lost = [item for item in expected[key] if not any(all(other[k] == item[k] for k in item) for other in found[key])]
        rows += [f'{key}: unexpected {item}' for item in extra] + [f'{key}: not there {item}' for item in lost]
    return '\n'.join(rows) or 'the same in another order or number'


def outputs(folder):
    return sorted(name for name in os.listdir(folder) if name.endswith('.asice'))


def compare_outcomes(text):
    found = {name_of(os.path.basename(line['bundle'])): essence(line) for line in json_lines(text)}
    same(sorted(found), [name for name, _ in bundles()], 'one line for each bundle')
    for name, line in found.items():
        path = os.path.join(EXPECTED, name + '.json')
        if UPDATE:
            write(path, json.dumps(line, ensure_ascii=False, indent=1) + '\n')
        expected = json.loads(read(path)) if os.path.exists(path) else None
        ok(fits(line, expected), name, difference(line, expected))


def compare_bytes(first, second, name):
    differing = [file for file in outputs(first) if file not in outputs(second) or read(first, file) != read(second, file)]
    ok(outputs(first) == outputs(second) and not differing, name, '\n'.join(differing))


def main():
    folder = work_folder()
    one, two, alone = (os.path.join(folder, part) for part in ('one', 'two', 'alone'))
    code, text, errors = review(one, BUNDLES, '-j', '1', '--format', 'jsonl')
    ok(code == 2, 'a run with a quarantined bundle ends with 2', f'{code}\n{errors}')
    compare_outcomes(text)
    code, again, errors = review(two, BUNDLES, '-j', '2', '--format', 'jsonl')
    same(again, text, 'two workers print the same lines in the same order')
    compare_bytes(one, two, 'two workers write the same bytes')
    for name, path in bundles()[:3]:
        review(alone, path, '--quiet')
        same(read(alone, name + '.asice') == read(one, name + '.asice'), True, f'{name}: alone as among others')
    code, again, errors = review(one, BUNDLES, '-j', '1', '--format', 'jsonl')
    same((code, again), (2, text), 'a second run prints the old lines')
    done()


main()
