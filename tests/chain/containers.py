#!/usr/bin/env python3
"""The annotated bundles as containers: their order and form, their records against our schemas, their digests, and
what verify says of each way to change one."""
import html.parser
import os
import subprocess
import zipfile

from tap import BUNDLES, ROOT, SAMPLES, bundles, done, ok, read, review, run, same, skip, work_folder, write, xmllint

RECORDS = os.path.join(ROOT, 'schemas', 'records', 'records.xsd')
UBL = os.path.join(ROOT, 'schemas', 'dialects', 'ubl', 'ubl.xsd')
FOLDER = work_folder()


def official():
    """The standard's own schema of the bill of lading, where the samples are."""
    for path, _, names in os.walk(SAMPLES):
        for name in names:
            if name.startswith('UBL-BillOfLading-2') and name.endswith('.xsd'):
                return os.path.join(path, name)
    return None


def check_form(name, path):
    with open(path, 'rb') as file:
        head = file.read(30 + 8 + 31)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        first = archive.infolist()[0]
        ok(first.filename == 'mimetype' and first.compress_type == zipfile.ZIP_STORED and first.header_offset == 0
           and archive.read('mimetype') == b'application/vnd.etsi.asic-e+zip' and head.endswith(b'asic-e+zip'),
           f'{name}: mimetype first and stored, plain to read at byte 38', names[0])
        same(len(set(names)), len(names), f'{name}: no name twice')
        same([entry for entry in names if not entry.startswith(('original/', 'clearance/', 'META-INF/')) and entry != 'mimetype'],
             [], f'{name}: nothing else in the container')
        same(archive.testzip(), None, f'{name}: sound')


def check_records(name, folder):
    found = os.path.join(folder, 'clearance')
    for file in sorted(os.listdir(found)):
        path = os.path.join(found, file)
        if file in ('dossier.xml', 'bill-of-lading.xml') or not file.endswith('.xml'):
            continue
        wrong = xmllint(RECORDS, path)
        ok(not wrong, f'{name}: {file} is valid', wrong)
    bill = os.path.join(found, 'bill-of-lading.xml')
    if os.path.exists(bill):
        wrong = xmllint(UBL, bill)
        ok(not wrong, f'{name}: bill-of-lading.xml is valid against our profile', wrong)
        if official():
            wrong = xmllint(official(), bill)
            ok(not wrong, f'{name}: bill-of-lading.xml is valid against the standard', wrong)
        else:
            skip(f'{name}: bill-of-lading.xml against the standard', 'the folder of samples is not here')
    for file in sorted(page for page in os.listdir(found) if page.endswith('.html')):
        wrong = page_faults(read(found, file).decode())
        ok(not wrong, f'{name}: {file} is whole', wrong)
    for file in ('dossier.xml', 'findings.svrl'):
        result = subprocess.run(['xmllint', '--noout', '--nonet', os.path.join(found, file)], stderr=subprocess.PIPE)
        ok(result.returncode == 0, f'{name}: {file} is well-formed', result.stderr.decode())


class Page(html.parser.HTMLParser):
    """Keeps the elements that are open, and what was closed that was not."""
    VOID = {'meta', 'link', 'br', 'hr', 'img', 'input', 'col', 'wbr', 'source'}

    def __init__(self):
        super().__init__()
        self.open, self.faults = [], []

    def handle_starttag(self, tag, attributes):
        if tag not in self.VOID:
            self.open.append(tag)
        self.faults += [f'{name}={value}' for name, value in attributes
                        if name in ('src', 'href') and (value or '').startswith(('http:', 'https:', '//'))]

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f'</{tag}> in line {self.getpos()[0]}')


def page_faults(text):
    """A page is one document, every element closed, that loads nothing from elsewhere."""
    page = Page()
    page.feed(text)
    page.close()
    return page.faults + page.open + ([] if text.lower().startswith('<!doctype html') else ['no <!DOCTYPE html>'])


def check_digests(name, folder):
    result = subprocess.run(['sha256sum', '-c', '--quiet', '--strict', 'clearance/digests.txt'], cwd=folder,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    ok(result.returncode == 0, f'{name}: digests hold', result.stdout.decode())
    listed = {line[66:] for line in read(folder, 'clearance', 'digests.txt').decode().splitlines()}
    there = {os.path.relpath(os.path.join(path, file), folder) for path, _, files in os.walk(folder) for file in files}
    same(listed, {file for file in there if file not in ('mimetype', 'clearance/digests.txt')
                  and not file.startswith('META-INF/')}, f'{name}: every other file is in the digests')


def check_originals(name, source, folder):
    originals = {}
    for path, _, files in os.walk(source):
        for file in files:
            originals[os.path.relpath(os.path.join(path, file), source)] = read(path, file)
    kept = {file: read(folder, 'original', file) if os.path.exists(os.path.join(folder, 'original', file)) else None
            for file in originals}
    ok(kept == originals, f'{name}: originals byte for byte', [file for file in originals if kept[file] != originals[file]])


def rewritten(path, change):
    """A copy of the container whose entries the function changed."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    out = os.path.join(FOLDER, 'changed.asice')
    with zipfile.ZipFile(out, 'w') as archive:
        for entry, data in change(entries):
            archive.writestr(entry, data)
    return out


def check_verify(path):
    def other_byte(entries):
        return [(entry, data.replace(b'Hamburg', b'Homburg', 1) if entry.filename == 'original/invoice.xml' else data)
                for entry, data in entries]

    def one_less(entries):
        return [(entry, data) for entry, data in entries if entry.filename != 'original/invoice.xml']

    def one_more(entries):
        return entries + [(zipfile.ZipInfo('original/more.xml', (2026, 3, 6, 12, 0, 0)), b'<a/>')]

    same(run('verify', path)[0], 0, 'verify: as it was written')
    for change, name, word in ((other_byte, 'a byte changed', 'invoice.xml'), (one_less, 'a file removed', 'invoice.xml'),
                               (one_more, 'a file added', 'more.xml')):
        code, text, errors = run('verify', rewritten(path, change))
        ok(code == 1 and word in text + errors, f'verify: {name}', f'{code}\n{text}\n{errors}')
    write(os.path.join(FOLDER, 'noise.asice'), b'noise')
    same(run('verify', os.path.join(FOLDER, 'noise.asice'))[0], 2, 'verify: no container')
    same(run('verify', os.path.join(FOLDER, 'missing.asice'))[0], 3, 'verify: no file')


def main():
    out = os.path.join(FOLDER, 'out')
    review(out, BUNDLES, '--quiet')
    for name, path in bundles():
        made = os.path.join(out, name + '.asice')
        if name.startswith('quarantine'):
            ok(not os.path.exists(made), f'{name}: no container')
            continue
        if not ok(os.path.exists(made), f'{name}: a container'):
            continue
        folder = os.path.join(FOLDER, name)
        with zipfile.ZipFile(made) as archive:
            archive.extractall(folder)
        check_form(name, made)
        check_records(name, folder)
        check_digests(name, folder)
        source = os.path.join(ROOT, 'fixtures', 'bundles', os.path.basename(path))
        check_originals(name, source if os.path.isdir(source) else source + '.dir', folder)
    for name in ('refer-case', 'refer-seal'):
        ok(os.path.exists(os.path.join(out, 'declarant', name + '.html')), f'{name}: a copy for the declarant, outside')
    check_verify(os.path.join(out, 'hold-2-invoice.asice'))
    done()


main()
