#!/usr/bin/env python3
"""Kills the run, or a worker, at random moments; in the end the ledger and the files are those of a run in peace.

    kill.py [COUNT]     COUNT kills (20) over 150 bundles
"""
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

from tap import NOW, PROGRAM, REGISTERS, SANITIZED, bundles, done, ok, output_files, read, same, work_folder

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 5 if SANITIZED else 20
BUNDLES = 150  # several groups, so that a kill finds some settled and some not
TABLES = {
    'bundle': 'run, ordinal, name, digest, outcome, reason, output, line',
    'claim': 'run, ordinal, register, key, amount, granted',
    'clearance': 'run, ordinal, digest, mrn, decision, released, replaced IS NULL',
    'finding': 'rule, severity, state',
}


def make_inputs(folder):
    """The fixtures' bundles, again and again, under names of their own."""
    archives = [path for _, path in bundles() if os.path.isfile(path)]
    os.makedirs(folder)
    for number in range(BUNDLES):
        source = archives[number % len(archives)]
        suffix = os.path.basename(source).split('.', 1)[1]
        shutil.copy(source, os.path.join(folder, f'{number:03}.{suffix}'))


def start(inputs, out):
    return subprocess.Popen([PROGRAM, 'review', inputs, '--out', out, '--no-seal', '--now', NOW, '--registers', REGISTERS,
                             '-j', '2', '--quiet'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def rows(out):
    base = sqlite3.connect(os.path.join(out, 'ledger.sqlite'))
    found = {table: sorted(base.execute(f'SELECT {columns} FROM {table}'), key=repr) for table, columns in TABLES.items()}
    base.close()
    return found


def workers_of(process):
    try:
        with open(f'/proc/{process.pid}/task/{process.pid}/children', encoding='ascii') as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def kill_run(process, _):
    process.kill()


def kill_worker(process, chance):
    children = workers_of(process)
    if children:
        try:
            os.kill(chance.choice(children), signal.SIGKILL)
        except ProcessLookupError:
            pass


def run_to_end(inputs, out, patience):
    for _ in range(patience):
        if start(inputs, out).wait(timeout=600) <= 2:
            return True
    return False


def main():
    folder = work_folder()
    inputs = os.path.join(folder, 'in')
    make_inputs(inputs)
    peace = os.path.join(folder, 'peace')
    begun = time.monotonic()
    run_to_end(inputs, peace, 1)
    length = time.monotonic() - begun
    expected_rows, expected_files = rows(peace), output_files(peace)
    ok(len(expected_rows['bundle']) == BUNDLES, f'a run in peace settles {BUNDLES} bundles')
    chance = random.Random(20260309)
    differences = []
    landed = 0
    for number in range(COUNT):
        out = os.path.join(folder, f'out-{number}')
        deed = chance.choice([kill_run, kill_run, kill_worker])
        process = start(inputs, out)
        time.sleep(chance.uniform(0, length))
        landed += process.poll() is None
        deed(process, chance)
        if process.wait(timeout=600) > 2 or process.returncode < 0:
            if not run_to_end(inputs, out, 2):
                differences.append(f'kill {number}: the run does not come to its end')
                continue
        for table, found in rows(out).items():
            if found != expected_rows[table]:
                differences.append(f'kill {number} ({deed.__name__}): table {table} differs')
        if output_files(out) != expected_files:
            differences.append(f'kill {number} ({deed.__name__}): files differ')
        shutil.rmtree(out)
    ok(landed > COUNT // 3, f'{landed} of {COUNT} kills met a run that was under way', f'a run takes {length:.2f} s')
    same(differences, [], f'after {COUNT} kills nothing differs')
    done()


main()
