#!/usr/bin/env python3
"""The samples: export declarations in the UK's form that nobody here wrote are identified, valid, every element read; and
files with an expectation, read by eye against the file (expected/samples/), give it."""
import glob
import os
import re

from tap import EXPECTED, RUN, SAMPLES, UPDATE, done, ok, read, run, same_text, skip, write

SICK = 'TT_EX002a.xml'


def is_export(path):
    with open(path, 'rb') as file:
        text = file.read()
    return b'DeclarationStatusResponse' not in text and b'urn:wco:datamodel:WCO:DEC-DMS:2' in text and re.search(rb'<[^>/]*TypeCode>\s*EX[A-Z]\s*<', text) is not None


def compare_with_expectations():
    folder = os.path.join(EXPECTED, 'samples')
    for path in sorted(glob.glob(os.path.join(folder, '**', '*.facts.xml'), recursive=True)):
        name = os.path.relpath(path, folder)[:-len('.facts.xml')]
        name += '' if name.endswith('.pdf') else '.xml'
        code, text, errors = run('normalise', os.path.join(SAMPLES, name), *RUN)
        if UPDATE:
            write(path, text)
        same_text(text, read(path).decode(), f'{name} reads as expected', errors)


def main():
    found = [path for path in sorted(glob.glob(os.path.join(SAMPLES, '**', '*.xml'), recursive=True))
             if is_export(path) and 'constructed' not in path]
    if not found:
        skip('export declarations of the samples', 'the folder of samples is not here')
        done()
    compare_with_expectations()
    sound = 0
    for path in found:
        name = os.path.relpath(path, SAMPLES)
        code, text, errors = run('normalise', path, *RUN)
        if os.path.basename(path) == SICK:
            code, text, errors = run('normalise', '--unread', path, *RUN)
            ok('X-001' in text + errors and ':72' in text + errors, f'{name}: not well-formed in line 72', text + errors)
            continue
        good = ('<dialect>wco-dec</dialect>' in text and '<valid>true</valid>' in text and '<unread>0</unread>' in text
                and '<kind>declaration</kind>' in text)
        sound += good
        ok(good, f'{name}: identified, valid, read', errors + '\n'.join(
            line for line in text.splitlines() if re.search('<(dialect|kind|valid|unread)>', line)))
    ok(sound >= 13, f'at least 13 export declarations are read ({sound})')
    done()


main()
