#!/usr/bin/env python3
"""Hostile containers through the whole program: the reason of each as its maker says, nothing written but the reason."""
import os
import subprocess
import sys

from tap import ROOT, done, json_lines, ok, read, review, same, work_folder


def main():
    folder = work_folder()
    made = os.path.join(folder, 'made')
    subprocess.run([sys.executable, os.path.join(ROOT, 'tests/hostile/make.py'), made], check=True)
    rows = [line.split('\t') for line in read(made, 'manifest.tsv').decode().splitlines()]
    for number, (name, reason) in enumerate(rows):
        before = read(made, name)
        out = os.path.join(folder, str(number))
        code, text, errors = review(out, os.path.join(made, name), '--format', 'jsonl', '--as', 'bundle')
        if not ok(code in (0, 1, 2) and text.count('\n') == 1, f'{name}: an answer', f'{code}\n{text}\n{errors}'):
            continue
        line = json_lines(text)[0]
        if reason == '-':
            ok(line['outcome'] != 'quarantine', f'{name}: accepted', text)
        else:
            same((code, line['outcome'], line['reason']), (2, 'quarantine', reason), f'{name}: {reason}')
            ok(not [file for file in os.listdir(out) if file.endswith('.asice')], f'{name}: no container')
        same(read(made, name) == before, True, f'{name}: left as it was')
    done()


main()
