#!/usr/bin/env python3
"""PDF files in a bundle: what they carry is reviewed like any document, and none of them ends a review."""
import importlib.util
import io
import os
import subprocess
import sys
import zipfile

from tap import ROOT, RUN, done, json_lines, ok, read, review, run, same, work_folder, write

MAKER = os.path.join(ROOT, 'tests', 'hostile', 'pdf.py')
SOUND = os.path.join(ROOT, 'fixtures', 'bundles', 'ordinary-sea.zip')
ENTITY = b'<!DOCTYPE a [<!ENTITY e "x">]>\n'
UBL = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">&e;</Invoice>'
FOLDER = work_folder()


def maker():
    spec = importlib.util.spec_from_file_location('maker', MAKER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PDF = maker()


def carrying(data, name=b'(factur-x.xml)'):
    return PDF.classic(PDF.objects(o4=PDF.specification(5, name), o5=PDF.stream(data)))


def reviewed(name, files):
    """A folder of these files, reviewed: the line of the run, and the container that was written."""
    folder = os.path.join(FOLDER, name)
    for path, data in files.items():
        write(os.path.join(folder, path), data)
    out = os.path.join(FOLDER, 'out-' + name)
    code, text, errors = review(out, folder, '--as', 'bundle', '--format', 'jsonl')
    if not ok(text.count('\n') == 1, f'{name}: one answer', f'{code}\n{text}\n{errors}'):
        done()
    path = os.path.join(out, name + '.asice')
    return json_lines(text)[0], zipfile.ZipFile(io.BytesIO(read(path))) if os.path.exists(path) else None


def documents():
    return {name: read(SOUND, name) for name in sorted(os.listdir(SOUND))}


def each_alone(made):
    """normalise of every PDF: what was found has a document, a fault has its words."""
    for row in read(made, 'manifest.tsv').decode().splitlines():
        name, found, fault, repaired = row.split('\t')
        code, text, errors = run('normalise', os.path.join(made, name), *RUN)
        ok(code in (0, 1) and text.startswith('<?xml'), f'{name}: normalised', f'{code}\n{text}\n{errors}'[:2000])
        if found not in ('-', '*'):
            missing = [file for file in found.split('|') if f'<path>{name}!{file}</path>' not in text]
            ok(not missing, f'{name}: its files are documents', f'{missing}\n{text}'[:2000])
        ok(fault == '-' or fault in errors, f'{name}: says what is wrong', errors)
        ok((repaired == '-' or found == '-') or 'found by searching' in errors, f'{name}: says that it was searched', errors)


def all_of_them(made):
    """One bundle with every PDF, but those that take up the whole of its limits: kept byte for byte."""
    names = [row.split('\t')[0] for row in read(made, 'manifest.tsv').decode().splitlines()]
    pdfs = {name: read(made, name) for name in names if name != 'ten-thousand.pdf'}
    line, container = reviewed('all', {**documents(), **pdfs})
    same(line['outcome'], 'release-close', 'a bundle with hostile PDFs beside its documents: released all the same')
    changed = [name for name in pdfs if container.read('original/' + name) != pdfs[name]]
    ok(not changed, 'every PDF stands in the output, byte for byte', changed)


def invoice_in_a_pdf():
    plain, _ = reviewed('plain', documents())
    files = documents()
    files['invoice.pdf'] = carrying(files.pop('invoice.xml'))
    line, container = reviewed('carried', files)
    same((line['outcome'], line['points']), (plain['outcome'], plain['points']), 'an invoice in a PDF is judged like a plain one')
    same(container.read('original/invoice.pdf'), files['invoice.pdf'], 'the PDF stands in the output, byte for byte')
    dossier = container.read('clearance/dossier.xml').decode()
    ok('<container>invoice.pdf</container>' in dossier, 'the invoice names its PDF')
    ok('<path>invoice.pdf!factur-x.xml</path>' in dossier, 'the document names the PDF and the file in it')
    record = container.read('clearance/record.xml').decode()
    ok('invoice.pdf!factur-x.xml' in record, 'the record lists it')


def active_content():
    files = {**documents(), 'active.pdf': carrying(ENTITY + UBL)}
    line, _ = reviewed('active', files)
    same((line['outcome'], line['reason']), ('quarantine', 'active-content'), 'an entity in an embedded file')


def other_files():
    code, text, errors = run('normalise', written('image.pdf', carrying(b'\x89PNG\r\n\x1a\n....', b'(photo.png)')), *RUN)
    ok('<media>image/png</media>' in text and '<relationship>Alternative</relationship>' in text,
       'what is no document is an attachment, with what the PDF says of it', text + errors)
    code, text, errors = run('normalise', written('nested.pdf', carrying(carrying(UBL), b'(inner.pdf)')), *RUN)
    ok('nested.pdf!inner.pdf</path>' in text and '!factur-x.xml' not in text, 'a PDF in a PDF is not opened', text + errors)


def written(name, data):
    path = os.path.join(FOLDER, 'single', name)
    write(path, data)
    return path


def main():
    made = os.path.join(FOLDER, 'made')
    subprocess.run([sys.executable, MAKER, made], check=True)
    each_alone(made)
    all_of_them(made)
    invoice_in_a_pdf()
    active_content()
    other_files()
    done()


main()
