#!/usr/bin/env python3
"""An import entry: a paper beside the export that discharges it, the declaration where it stands alone."""
import os
import shutil

from tap import ROOT, done, json_lines, ok, read, review, run, same, work_folder, write, RUN

BUNDLE = os.path.join(ROOT, 'fixtures/bundles/asycuda-warehouse.zip')


def bundle(folder, name, *left_out):
    path = os.path.join(folder, name)
    shutil.copytree(BUNDLE, path, ignore=shutil.ignore_patterns(*left_out))
    return path


def outcome(folder, path):
    code, text, errors = review(os.path.join(folder, 'out'), path, '--format', 'jsonl')
    lines = json_lines(text)
    ok(len(lines) == 1, f'{os.path.basename(path)} is reviewed', errors)
    return lines[0]


def rules(line):
    return {finding['rule'] for finding in line['findings'] if finding['effect'] not in ('note', 'remark')}


def dossier(path):
    return run('normalise', path, *RUN)[1]


def main():
    folder = work_folder()
    both = dossier(bundle(folder, 'both'))
    ok(both.count('<kind>supervision</kind>') == 1 and both.count('<kind>declaration</kind>') == 1,
       'beside an export, an import is a paper of supervision', both[:2000])
    same(both.count('<declaration doc='), 1, 'and the only declaration that rules see is the export')

    alone = dossier(bundle(folder, 'alone', 'declaration.xml'))
    ok('<kind>declaration</kind>' in alone and '>IM</type>' in alone, 'alone it is the declaration', alone[:2000])

    broken = bundle(folder, 'broken')
    text = read(broken, 'declaration.xml').replace(b'<Registration>', b'<Registration>text')
    write(os.path.join(broken, 'declaration.xml'), text)
    line = outcome(folder, broken)
    same((line['outcome'], rules(line)), ('reject', {'X-002'}), 'it does not take the place of an export that is not valid')

    wrong = bundle(folder, 'wrong')
    text = read(wrong, 'declaration.xml').replace(b'item_number>2<', b'item_number>1<').replace(b'art. 2', b'art. 1')
    write(os.path.join(wrong, 'declaration.xml'), text)
    line = outcome(folder, wrong)
    ok(line['outcome'] == 'hold' and 'S-505' in rules(line), 'the line that is discharged is looked at', line)

    much = bundle(folder, 'much')
    text = read(much, 'declaration.xml').replace(b'supp_quantity>24.0<', b'supp_quantity>41.0<')
    write(os.path.join(much, 'declaration.xml'), text)
    ok(rules(outcome(folder, much)) & {'S-506', 'S-510', 'S-517'}, 'more than was entered does not leave')
    done()


main()
