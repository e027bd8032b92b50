#!/usr/bin/env python3
"""The nightly engine from outside: any number of workers, going on, stopping, telling, one run at a time."""
import fcntl
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time

from tap import BUNDLES, NOW, PROGRAM, REGISTERS, bundles, done, ok, output_files, read, review, run, same, work_folder

FOLDER = work_folder()


def at(name):
    return os.path.join(FOLDER, name)


def ask(out, question):
    base = sqlite3.connect(os.path.join(out, 'ledger.sqlite'))
    rows = base.execute(question).fetchall()
    base.close()
    return rows


ROWS = 'SELECT ordinal, name, digest, outcome, reason, output, line FROM bundle ORDER BY run, ordinal'


def workers():
    code, lines, _ = review(at('one'), BUNDLES, '-j', '1')
    same(code, 2, 'one worker')
    for number in ('2', '4', '0'):
        out = at('j' + number)
        same(review(out, BUNDLES, '-j', number)[:2], (code, lines), f'-j {number} prints the same')
        ok(output_files(out) == output_files(at('one')), f'-j {number} writes the same')
        same(ask(out, ROWS), ask(at('one'), ROWS), f'-j {number} keeps the same')


def known():
    before, lines, _ = review(at('known'), BUNDLES)
    same(review(at('known'), BUNDLES)[:2], (before, lines), 'what is known is told again, and counts')
    same(ask(at('known'), 'SELECT count(DISTINCT run) FROM clearance'), [(1,)], 'and is not judged again')
    same(review(at('known'), BUNDLES, '--again')[:2], (before, lines), '--again gives the same')
    same(ask(at('known'), 'SELECT count(DISTINCT run) FROM clearance'), [(2,)], '--again judges again')
    same(ask(at('known'), 'SELECT count(DISTINCT digest) - count(*) FROM live'), [(0,)], 'the later judgement counts alone')
    victim = next(name for name in os.listdir(at('known')) if name.endswith('.asice'))
    kept = read(at('known'), victim)
    os.unlink(os.path.join(at('known'), victim))
    review(at('known'), BUNDLES)
    same(read(at('known'), victim), kept, 'a file that went missing is made again')
    open(os.path.join(at('known'), victim), 'wb').close()
    review(at('known'), BUNDLES)
    same(read(at('known'), victim), kept, 'and so is one that was emptied')
    other, _, _ = review(at('known'), BUNDLES, '--mode', 'audit')
    same(ask(at('known'), 'SELECT count(DISTINCT run) FROM clearance')[0][0] >= 3, True, 'another option is another knowledge')
    ok(other in (0, 1, 2), 'and the run ends well')


def start(out, inputs, *options, **keywords):
    return subprocess.Popen([PROGRAM, 'review', inputs, '--out', out, '--no-seal', '--registers', REGISTERS, *options],
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **keywords)


def many(folder, count):
    """So many bundles that a run takes a while."""
    archives = [path for _, path in bundles() if os.path.isfile(path)]
    os.makedirs(folder)
    for number in range(count):
        source = archives[number % len(archives)]
        os.link(source, os.path.join(folder, f'{number:05}.' + os.path.basename(source).split('.', 1)[1]))


def wait_for_rows(out):
    for _ in range(500):
        time.sleep(0.01)
        try:
            if ask(out, 'SELECT count(*) FROM bundle')[0][0]:
                return
        except sqlite3.Error:
            pass


def stopping():
    inputs = at('many')
    try:
        many(inputs, 3000)
    except OSError:
        shutil.rmtree(inputs)
        return
    out = at('stopped')
    process = start(out, inputs, '-j', '2', '--log', 'json')
    wait_for_rows(out)
    process.send_signal(signal.SIGUSR1)
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    errors = process.communicate(timeout=60)[1].decode()
    state = next((line for line in errors.splitlines() if line.startswith('{')), '{}')
    same(json.loads(state).get('event'), 'progress', 'SIGUSR1 is answered')
    same(process.returncode, 4, 'SIGTERM stops with code 4')
    settled = ask(out, 'SELECT count(*) FROM bundle')[0][0]
    ok(0 < settled < 3000, f'{settled} bundles were settled')
    same(ask(out, 'SELECT state FROM run'), [('stopped',)], 'the ledger says that it was stopped')
    same(ask(out, 'SELECT max(ordinal) + 1 FROM bundle'), [(settled,)], 'what was begun is settled, without a gap')
    clock = ask(out, 'SELECT clock FROM run')
    time.sleep(1.1)
    process = start(out, inputs, '-j', '2', '--log', 'json')
    errors = process.communicate(timeout=300)[1].decode()
    ok('going on with the run of' in errors, 'the same command goes on', errors)
    same(ask(out, 'SELECT clock, state FROM run'), [(clock[0][0], 'complete')], 'with the clock that it had')
    same(ask(out, 'SELECT count(*) FROM bundle'), [(3000,)], 'to the end')


def one_at_a_time():
    out = at('locked')
    os.makedirs(out)
    folder = os.open(out, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    code, _, errors = review(out, BUNDLES)
    os.close(folder)
    same(code, 4, 'a folder in which another run writes is refused')
    ok('another run' in errors, 'and the message says so', errors)


def odd_cases():
    code, lines, _ = review(at('empty-list'), '-', stdin=b'')
    same((code, lines), (0, ''), 'no bundle at all')
    code, _, errors = run('review', at('missing'), '--out', at('never'), '--no-seal')
    same((code, os.path.exists(at('never'))), (3, False), 'a missing input stops before anything is made')
    bundle = os.path.join(BUNDLES, 'ordinary-sea.zip')
    windows = f'{bundle}\r\n'.encode()
    same(review(at('windows'), '-', '--format', 'jsonl', stdin=windows)[0], 0, 'a list with the line ends of Windows')
    inside = at('inside')
    os.makedirs(inside)
    shutil.copy(bundle, inside)
    first = review(os.path.join(inside, 'out'), inside, '--format', 'jsonl')[:2]
    same(review(os.path.join(inside, 'out'), inside, '--format', 'jsonl')[:2], first, 'the output folder is never an input')
    code, _, _ = review(at('elsewhere'), BUNDLES, '--ledger', at('my.sqlite'))
    ok(os.path.exists(at('my.sqlite')) and not os.path.exists(at('elsewhere/ledger.sqlite')), '--ledger FILE')
    same(review(at('svrl'), BUNDLES, '--format', 'svrl')[1], review(at('svrl'), BUNDLES, '--format', 'svrl')[1],
         'a format that is not kept is made again')


workers()
known()
stopping()
one_at_a_time()
odd_cases()
done()
