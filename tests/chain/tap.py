"""What the end-to-end tests share: the program under test, the packed fixtures, and TAP.

BUILD names the build folder (build); PROGRAM another binary. UPDATE=1 rewrites the expectations instead of comparing.
"""
import atexit
import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get('BUILD', 'build'))
PROGRAM = os.environ.get('PROGRAM', os.path.join(BUILD, 'tidewaiter'))
BUNDLES = os.path.join(BUILD, 'fixtures', 'bundles')
REGISTERS = os.path.join(BUILD, 'fixtures', 'registers.sqlite')
SAMPLES = os.environ.get('SAMPLES', os.path.join(os.path.dirname(ROOT), 'shared', 'samples'))
EXPECTED = os.path.join(ROOT, 'tests', 'chain', 'expected')
UPDATE = os.environ.get('UPDATE') == '1'
SANITIZED = os.environ.get('SANITIZED') == '1'
NOW = '2026-03-09T08:00:00Z'
RUN = ['--now', NOW, '--registers', REGISTERS]

_count = 0
_failed = 0


def ok(condition, name, detail=''):
    """One line of TAP; what is told of a failure stands behind it as a comment."""
    global _count, _failed
    _count += 1
    print(f'{"ok" if condition else "not ok"} {_count} - {name}')
    if not condition:
        _failed += 1
        for line in str(detail).splitlines()[:60]:
            print('# ' + line)
    return bool(condition)


def same(found, expected, name):
    return ok(found == expected, name, f'found    {found!r}\nexpected {expected!r}')


def same_text(found, expected, name, errors=''):
    """Compares line by line; a failure shows the lines that differ."""
    rows = difflib.unified_diff(expected.splitlines(), found.splitlines(), 'expected', 'found', n=0, lineterm='')
    return ok(found == expected, name, errors + '\n'.join(rows))


def skip(name, why):
    global _count
    _count += 1
    print(f'ok {_count} - {name} # SKIP {why}')


def output_files(out):
    """Every output with its bytes; run.json and run.html hold durations."""
    found = {}
    for path, _, names in os.walk(out):
        for name in names:
            whole = os.path.join(path, name)
            relative = os.path.relpath(whole, out)
            if not relative.startswith('ledger.sqlite') and relative not in ('run.json', 'run.html'):
                found[relative] = read(whole)
    return found


def done():
    print(f'1..{_count}')
    sys.exit(1 if _failed else 0)


def run(*arguments, stdin=None, cwd=None, **environment):
    """Runs the program: code, stdout and stderr as text."""
    result = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            cwd=cwd, env={**os.environ, **environment}, timeout=600)
    return result.returncode, result.stdout.decode('utf-8', 'replace'), result.stderr.decode('utf-8', 'replace')


def review(out, *arguments, **keywords):
    return run('review', *arguments, '--out', out, '--no-seal', *RUN, **keywords)


def json_lines(text):
    """The objects that were printed; a line that is none is a failure of its own."""
    found = []
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError as error:
            ok(False, 'a line of JSON', f'{error}\n{line[:400]}')
    return found


def work_folder():
    """A folder for this test alone, gone at the end."""
    folder = tempfile.mkdtemp(prefix='tidewaiter-chain-')
    atexit.register(shutil.rmtree, folder, True)
    return folder


def bundles():
    """The packed fixtures: pairs of NAME and path, sorted."""
    return [(name_of(file), os.path.join(BUNDLES, file)) for file in sorted(os.listdir(BUNDLES))]


def name_of(file):
    for suffix in ('.zip', '.tar.gz', '.tar.zst'):
        if file.endswith(suffix):
            return file[:-len(suffix)]
    return file


def read(*path):
    with open(os.path.join(*path), 'rb') as file:
        return file.read()


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def xmllint(schema, path):
    """What xmllint says against the file; empty when it is valid."""
    result = subprocess.run(['xmllint', '--noout', '--nonet', '--schema', schema, path], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    return '' if result.returncode == 0 else result.stdout.decode('utf-8', 'replace') or 'not valid'
