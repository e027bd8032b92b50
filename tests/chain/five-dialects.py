#!/usr/bin/env python3
"""Ten consignments, each written in all five declaration dialects: the same facts and the same findings, but for what a
dialect cannot say. Every difference stands in tests/corpus/cannot-say.csv with its reason; one that does not is a failure,
and so is a row that nothing needs. Five defects give the same new finding in every dialect."""
import copy
import csv
import json
import os
import re
import sys
import xml.etree.ElementTree as tree

from tap import NOW, ROOT, done, ok, review, run, same, work_folder, write

sys.path.insert(0, os.path.join(ROOT, 'tests', 'corpus'))
import aes  # noqa: E402
import asycuda  # noqa: E402
import china  # noqa: E402
import papers  # noqa: E402
import ubl  # noqa: E402
import wco  # noqa: E402
from consignment import consignment, seeded_defects  # noqa: E402

FOLDER = work_folder()
WRITERS = {'wco-dec': wco, 'eu-aes': aes, 'asycuda-sad': asycuda, 'china-dec': china, 'ubl': ubl}
SEEDS = range(1, 11)
USED = set()


def exceptions():
    with open(os.path.join(ROOT, 'tests', 'corpus', 'cannot-say.csv'), encoding='utf-8') as file:
        return {(row['kind'], row['name']): set(row['said by'].split()) for row in csv.DictReader(file)}


EXCEPTIONS = exceptions()


def said_by(kind, name):
    if (kind, name) in EXCEPTIONS:
        USED.add((kind, name))
        return EXCEPTIONS[kind, name]
    return set(WRITERS)


def facts(name, text):
    """Facts of the declaration by path with positions; several of one path are joined."""
    path = os.path.join(FOLDER, f'{name}.xml')
    write(path, text)
    code, out, errors = run('normalise', '--now', NOW, path)
    ok(code == 0 and not errors, f'{name}: read', errors)
    found = {}

    def walk(element, above):
        for child in element:
            position = f'[{child.get("n")}]' if child.get('n') else ''
            here = f'{above}{child.tag}{position}'
            if child.text and child.text.strip():
                found[here] = f'{found[here]}|{child.text.strip()}' if here in found else child.text.strip()
            walk(child, here + '/')
    walk(tree.fromstring(out).find('declaration'), '')
    return found


def same_facts(seed, made):
    found = {name: facts(f'{seed}-{name}', writer.declaration(made)) for name, writer in WRITERS.items()}
    wrong = []
    for path in sorted(set().union(*found.values())):
        allowed = said_by('fact', re.sub(r'\[\d+\]', '', path))
        values = {name: found[name].get(path) for name in WRITERS if name in allowed}
        if len(set(values.values())) > 1:
            wrong.append(f'{path}: {values}')
    ok(not wrong, f'consignment {seed}: the same facts in five dialects', '\n'.join(wrong))


def findings(name, text, made):
    folder = os.path.join(FOLDER, 'bundles', name)
    write(os.path.join(folder, 'declaration.xml'), text)
    write(os.path.join(folder, 'invoice.xml'), papers.invoice(made))
    code, out, errors = review(os.path.join(FOLDER, 'out', name), folder, '--quiet', '--format', 'jsonl')
    ok(code == 1, f'{name}: reviewed', errors)
    return {finding['rule'] for finding in json.loads(out)['findings']}


def same_findings(seed, made):
    found = {name: findings(f'{seed}-{name}', writer.declaration(made), made) for name, writer in WRITERS.items()}
    wrong = []
    for rule in sorted(set().union(*found.values())):
        allowed = said_by('rule', rule)
        fired = {name for name in WRITERS if rule in found[name]}
        if not fired <= allowed or (allowed == set(WRITERS) and fired != allowed):
            wrong.append(f'{rule}: fired in {sorted(fired)}, may in {sorted(allowed)}')
    ok(not wrong, f'consignment {seed}: the same findings in five dialects', '\n'.join(wrong))
    return found


def defects(seed, made, clean, defect):
    what, change, rule = defect
    bad = copy.deepcopy(made)
    change(bad)
    for name, writer in WRITERS.items():
        found = findings(f'{seed}-{name}-bad', writer.declaration(bad), made)
        same(found - clean[name], {rule}, f'consignment {seed} in {name}: {what} is {rule} and nothing else')


def main():
    changes = seeded_defects()
    for seed in SEEDS:
        made = consignment(seed)
        same_facts(seed, made)
        clean = same_findings(seed, made)
        if seed <= len(changes):
            defects(seed, made, clean, changes[seed - 1])
    same(sorted(set(EXCEPTIONS) - USED), [], 'every exception is needed')
    done()


main()
