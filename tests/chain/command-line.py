#!/usr/bin/env python3
"""The command line: help, mistakes and their exit codes, the keys of a line, every format well-formed."""
import csv
import io
import json
import os
import xml.etree.ElementTree as tree

from tap import BUNDLES, NOW, REGISTERS, done, json_lines, ok, read, review, run, same, work_folder

FOLDER = work_folder()
KEYS = ['bundle', 'digest', 'outcome', 'released', 'closed', 'supervised', 'mrn', 'lrn', 'dialect', 'documents', 'points',
        'findings', 'undecided', 'reason', 'output']
FINDING = ['rule', 'point', 'severity', 'effect', 'document', 'line', 'xpath', 'observed', 'expected', 'message']
COMMANDS = ['review', 'verify', 'normalise', 'stages', 'dialects', 'rules', 'explain', 'registers', 'policy', 'keygen']
EFFECTS = {'hold', 'refer', 'reject', 'remark', 'note', 'stop-load', 'discrepant', 'watch'}


def help_and_mistakes():
    code, text, errors = run('--help')
    ok(code == 0 and all(f'  {command} ' in text for command in COMMANDS), 'help names every command', text + errors)
    code, text, errors = run('--version')
    ok(code == 0 and text.startswith('tidewaiter '), 'version', text)
    for command in COMMANDS:
        code, text, errors = run(command, '--help')
        ok(code == 0 and text.startswith(f'tidewaiter {command}') and '\nExample:' in text and not errors,
           f'{command} --help has an example', f'{code}\n{text}\n{errors}')
        code, text, errors = run(command, '--no-such-option')
        ok(code == 3 and '--no-such-option' in errors and not text, f'{command}: unknown option', f'{code}\n{errors}')
    for words, hint in ((['reveiw'], 'review'), (['review', '--registrs', 'x'], '--registers'), (['explain', 'D-2555'], 'D-255')):
        code, text, errors = run(*words)
        ok(code == 3 and hint in errors, f'{" ".join(words)}: did you mean {hint}?', f'{code}\n{text}\n{errors}')
    same(run()[0], 3, 'no command')
    for words in (['review', '-j', 'many', BUNDLES, '--out', FOLDER], ['review', BUNDLES, '--out', FOLDER, '--format', 'yaml'],
                  ['review', BUNDLES, '--out', FOLDER, '--now', 'yesterday'],
                  ['review', BUNDLES, '--out', FOLDER, '--as-of', '2026-02-30'],
                  ['review', BUNDLES, '--until', 'lunch'], ['review', BUNDLES, '--out', FOLDER, '--log', 'xml'],
                  ['review', BUNDLES, '--out', FOLDER, '--cert', 'x.pem'], ['stages', 'more'], ['dialects', 'more'],
                  ['registers', 'export', 'office', '--complete', 'GB'], ['keygen', '--out', FOLDER, '--type', 'dsa'],
                  ['registers', 'import', 'office', 'x.csv', '--registers', 'x.sqlite', '--now', NOW, '--as-at', '2026-03-10'],
                  ['review', BUNDLES, '--out', FOLDER, '--policy', os.path.join(FOLDER, 'none.policy')]):
        code, text, errors = run(*words)
        ok(code == 3 and errors, ' '.join(os.path.basename(word) for word in words) + ': 3', f'{code}\n{errors}')


def exit_codes():
    for name, expected in (('ordinary-sea.zip', 0), ('hold-2-invoice.tar.gz', 1), ('quarantine-traversal.zip', 2)):
        code = review(os.path.join(FOLDER, name), os.path.join(BUNDLES, name), '--quiet')[0]
        same(code, expected, f'{name}: {expected}')


def lines():
    code, text, errors = review(os.path.join(FOLDER, 'lines'), BUNDLES, '--format', 'jsonl')
    found = json_lines(text)
    ok(found and all(list(line) == KEYS for line in found), 'the keys of a line, in their order', found and list(found[0]))
    findings = [finding for line in found for finding in line['findings']]
    ok(findings and all(list(finding) == FINDING for finding in findings), 'the keys of a finding')
    same({finding['effect'] for finding in findings} - EFFECTS, set(), 'effects are those of the contract')
    ok(all(set(line['points']) == set('123456') for line in found), 'six points')
    ok(all(set(point) == {'passed', 'failed', 'undecided'} for line in found for point in line['points'].values()),
       'the keys of a point')
    order = [[(finding['point'], finding['rule'], finding['document'] or '', finding['line'] or 0) for finding in line['findings']]
             for line in found]
    ok(all(part == sorted(part) for part in order), 'findings are sorted by point, rule, document, line')
    whole = json.loads(read(FOLDER, 'lines', 'run.json'))
    kept = whole['bundles'] if isinstance(whole, dict) else whole
    same([line['bundle'] for line in kept], [line['bundle'] for line in found], 'run.json has the same bundles')
    table = list(csv.reader(io.StringIO(read(FOLDER, 'lines', 'run.csv').decode())))
    ok(len(table) == len(found) + 1 and len({len(row) for row in table}) == 1, 'run.csv: a row for each bundle')


def formats():
    for name, root in (('svrl', 'reports'), ('xvrl', 'reports'), ('junit', 'testsuites')):
        code, text, errors = review(os.path.join(FOLDER, name), BUNDLES, '--format', name)
        try:
            same(tree.fromstring(text.encode()).tag.rpartition('}')[2], root, f'{name}: well-formed')
        except tree.ParseError as error:
            ok(False, f'{name}: well-formed', error)
    code, text, errors = review(os.path.join(FOLDER, 'csv'), BUNDLES, '--format', 'csv')
    rows = list(csv.reader(io.StringIO(text)))
    ok(len({len(row) for row in rows}) == 1 and rows[0][0] == 'bundle', 'csv: a table', text[:400])
    code, text, errors = review(os.path.join(FOLDER, 'table'), BUNDLES, '--format', 'table')
    ok('\x1b' not in text and text.count('\n') >= 19, 'table: no colours in a file', text[:400])


def lists():
    for command, words in (('stages', ['unpack', 'pack']), ('dialects', ['wco-dec', 'eu-aes', 'ubl', 'own-records']),
                           ('rules', ['P-101', 'V-608'])):
        code, text, errors = run(command)
        ok(code == 0 and all(word in text for word in words), f'{command} lists', f'{code}\n{text[:400]}\n{errors}')
    for name in ('D-255', 'P-101', 'ratio', 'release-close'):
        code, text, errors = run('explain', name)
        ok(code == 0 and name in text, f'explain {name}', f'{code}\n{errors}')
    code, text, errors = run('registers', 'status', '--registers', REGISTERS, '--now', NOW)
    ok(code == 0 and 'office' in text, 'registers status', errors)
    code, text, errors = run('policy', 'show')
    ok(code == 0 and 'event.skew' in text, 'policy show', errors)


def main():
    help_and_mistakes()
    exit_codes()
    lines()
    formats()
    lists()
    done()


main()
