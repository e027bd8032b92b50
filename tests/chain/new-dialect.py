#!/usr/bin/env python3
"""The README's walk that adds a dialect, followed word by word: its files are written as they stand there, its commands
give what it says; and mistakes in them are told with their place."""
import os
import re
import shutil

from tap import ROOT, done, ok, read, run, same, work_folder, write

FOLDER = work_folder()
SCHEMAS = os.path.join(FOLDER, 'schemas')
DIALECT = os.path.join(SCHEMAS, 'dialects', 'weighhouse')


def section():
    whole = read(ROOT, 'README.md').decode()
    return re.search(r'^## Adding a dialect$(.*?)^## ', whole, re.S | re.M).group(1)


def blocks(text):
    """(kind, file, lines) of each block of code."""
    return re.findall(r'^```(\w+) ?(\S*)\n(.*?)^```', text, re.S | re.M)


def tidewaiter(*words):
    return run(*words, cwd=FOLDER, TIDEWAITER_DATA=SCHEMAS)


def mistake(name, file, old, new, *words):
    path = os.path.join(DIALECT, file)
    kept = read(path).decode()
    ok(old in kept, f'{name}: the place is there')
    write(path, kept.replace(old, new, 1))
    code, _, errors = tidewaiter('normalise', 'ticket.xml')
    ok(code == 3 and f'{file}:' in errors and all(word in errors for word in words), f'{name}: told with its place', f'{code} {errors}')
    write(path, kept)


def main():
    shutil.copytree(os.path.join(ROOT, 'schemas'), SCHEMAS)
    walk = blocks(section())
    same([file for _, file, _ in walk if file], ['ticket.xml', 'weighhouse/weighhouse.map.xml', 'weighhouse/weighhouse.codes.csv',
                                                 'weighhouse/weighhouse.xsd'], 'the files of the walk')
    for _, file, lines in walk:
        if file:
            write(os.path.join(FOLDER, file) if '/' not in file else os.path.join(SCHEMAS, 'dialects', file), lines)
    commands = next(lines for kind, _, lines in walk if kind == 'sh').split('\n')
    said = {}
    for command in filter(None, commands):
        code, text, errors = tidewaiter(*command.split()[1:])
        said[command] = text
        ok(code in (0, 1), f'{command}', f'{code} {errors}')
    ok('weighhouse' in said['tidewaiter dialects'], 'the dialect is found at start-up')
    promised = [lines for kind, file, lines in walk if kind == 'xml' and not file]
    ok(promised and promised[0] in said['tidewaiter normalise ticket.xml'], 'the facts are those of the walk',
       said['tidewaiter normalise ticket.xml'])
    ok('<valid>true</valid>' in said['tidewaiter normalise ticket.xml'], 'the profile judges it')
    same(said['tidewaiter normalise --unread ticket.xml'], '', 'nothing stays unread')
    mistake('a fact that there is not', 'weighhouse.map.xml', 'to="gateIn"', 'to="gateInn"', 'gateIn')
    mistake('a form that there is not', 'weighhouse.map.xml', 'form="comma"', 'form="coma"', 'comma')
    mistake('a row too long', 'weighhouse.codes.csv', 'write them', 'write, them', '7 fields')
    mistake('a schema that is none', 'weighhouse.xsd', 'minOccurs="0"', 'minOccurs="x"')
    code, text, _ = tidewaiter('normalise', 'ticket.xml')
    ok(code in (0, 1) and promised[0] in text, 'and all is well again')
    done()


main()
