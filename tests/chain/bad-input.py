#!/usr/bin/env python3
"""Bad input, one fault each: the finding, gate or reason that the contract names, and the exit code."""
import io
import json
import os
import re
import struct
import tarfile
import zipfile

from tap import BUNDLES, ROOT, done, json_lines, name_of, ok, read, review, run, same, work_folder, write

SOUND = os.path.join(ROOT, 'fixtures', 'bundles', 'hold-2-invoice.tar.gz')
FOLDER = work_folder()


def documents():
    return {name: read(SOUND, name) for name in sorted(os.listdir(SOUND))}


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 6, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def reviewed(name, data):
    """Writes the bundle, reviews it: the exit code and the line of the run."""
    path = os.path.join(FOLDER, 'in', name)
    write(path, data)
    code, text, errors = review(os.path.join(FOLDER, 'out-' + name), path, '--format', 'jsonl')
    lines = json_lines(text)
    if not ok(len(lines) == 1, f'{name}: one answer', f'{code}\n{text}\n{errors}'):
        return code, {'outcome': None, 'reason': None, 'findings': []}
    return code, lines[0]


def quarantined(name, data, reason):
    code, line = reviewed(name, data)
    same((code, line['outcome'], line['reason']), (2, 'quarantine', reason), f'{name}: {reason}')
    path = os.path.join(FOLDER, 'out-' + name, 'quarantine', name_of(name) + '.json')
    if ok(os.path.exists(path), f'{name}: the reason is written'):
        same(json.loads(read(path))['reason'], reason, f'{name}: the same reason there')


def rejected(name, data, gate, rule=None):
    code, line = reviewed(name, data)
    same((code, line['outcome'], line['reason']), (1, 'reject', gate), f'{name}: {gate}')
    if rule:
        ok(rule in [finding['rule'] for finding in line['findings']], f'{name}: {rule}', line['findings'])


def found(name, data, rule, document, effect='hold'):
    code, line = reviewed(name, data)
    hits = [finding for finding in line['findings'] if (finding['rule'], finding['document']) == (rule, document)]
    ok(hits and hits[0]['effect'] == effect, f'{name}: {rule} of {document}, {effect}', line['findings'])
    return hits


def with_document(name, data):
    return zipped({**documents(), name: data}.items())


def change(name, old, new):
    text = documents()[name]
    assert old in text, (name, old)
    return with_document(name, text.replace(old, new, 1))


def containers():
    sound = zipped(documents().items())
    quarantined('empty.zip', b'', 'unreadable')
    quarantined('noise.zip', b'PK\x03\x04' + bytes(range(256)) * 4, 'unreadable')
    quarantined('cut.zip', sound[:len(sound) // 2], 'unreadable')
    corrupt = bytearray(sound)
    at = sound.index(b'declaration.xml') + len('declaration.xml') + 40
    corrupt[at] ^= 0xff
    quarantined('corrupt.zip', bytes(corrupt), 'unreadable')
    packed = read(BUNDLES, 'hold-2-invoice.tar.gz')
    quarantined('cut.tar.gz', packed[:len(packed) // 2], 'unreadable')
    quarantined('trailing.zip', sound + b'more', 'trailing-data')
    secret = bytearray(sound)
    for mark, offset in ((b'PK\x03\x04', 6), (b'PK\x01\x02', 8)):
        for hit in re.finditer(re.escape(mark), sound):
            flags = struct.unpack_from('<H', secret, hit.start() + offset)[0]
            struct.pack_into('<H', secret, hit.start() + offset, flags | 1)
    quarantined('secret.zip', bytes(secret), 'encrypted')
    quarantined('bomb.zip', zipped([*documents().items(), ('bomb.txt', b'0' * 40_000_000)]), 'ratio')
    quarantined('climbs.zip', zipped([*documents().items(), ('../../etc/passwd', b'x')]), 'bad-name')
    quarantined('absolute.zip', zipped([*documents().items(), ('/etc/passwd', b'x')]), 'bad-name')
    quarantined('twice.zip', zipped([*documents().items(), ('INVOICE.XML', b'<a/>')]), 'duplicate-name')
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w:gz') as archive:
        entry = tarfile.TarInfo('invoice.xml')
        entry.type, entry.linkname = tarfile.SYMTYPE, '/etc/passwd'
        archive.addfile(entry)
    write(os.path.join(FOLDER, 'in', 'link.tar.gz'), out.getvalue())
    code, text, errors = review(os.path.join(FOLDER, 'out-link'), os.path.join(FOLDER, 'in', 'link.tar.gz'), '--format', 'jsonl')
    same((code, [line['reason'] for line in json_lines(text)]), (2, ['link']), 'link.tar.gz: link')


def texts():
    entity = b'<!DOCTYPE Invoice [<!ENTITY a "b">]>\n<Invoice'
    outside = b'<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/a.dtd">\n<Invoice'
    harmless = b'<!DOCTYPE Invoice [<!ELEMENT Invoice ANY>]>\n<Invoice'
    quarantined('entity.zip', change('invoice.xml', b'<Invoice', entity), 'active-content')
    quarantined('outside.zip', change('invoice.xml', b'<Invoice', outside), 'active-content')
    found('harmless.zip', change('invoice.xml', b'<Invoice', harmless), 'X-001', 'invoice.xml')
    quarantined('declared.zip', change('declaration.xml', b'<ie:CC515C', b'<!DOCTYPE a [<!ENTITY % p "q">]>\n<ie:CC515C'),
                'active-content')
    hits = found('open-tag.zip', change('invoice.xml', b'</cbc:IssueDate>', b'</cbc:IssueDat>'), 'X-001', 'invoice.xml')
    ok(hits and hits[0]['line'] == 6, 'open-tag.zip: the line of the fault', hits)
    found('bytes.zip', change('invoice.xml', b'Hamburg', b'Hamb\xfcrg'), 'X-001', 'invoice.xml')
    found('wrong-order.zip', change('invoice.xml', b'<cbc:ID>', b'<cbc:Surprise/><cbc:ID>'), 'X-002', 'invoice.xml')
    rejected('cut-declaration.zip', with_document('declaration.xml', documents()['declaration.xml'][:2000]), 'G-4', 'X-001')
    rejected('invalid-declaration.zip', change('declaration.xml', b'<ExportOperation>', b'<ExportOperation><Surprise/>'),
             'G-4', 'X-002')
    found('unknown.zip', with_document('extra.xml', b'<?xml version="1.0"?>\n<surprise/>\n'), 'X-003', 'extra.xml', 'note')
    hits = found('strange-value.zip', change('log.xml', b'<type>lodged</type>', b'<type>lodgedd</type>'), 'X-004', 'log.xml')
    ok(hits and hits[0]['line'], 'strange-value.zip: the line of the value', hits)


def declarations():
    without = {name: data for name, data in documents().items() if name != 'declaration.xml'}
    rejected('none.zip', zipped(without.items()), 'G-3')
    rejected('nothing.zip', zipped([]), 'G-3')
    other = documents()['declaration.xml'].replace(b'26DE4851H2V3NC09A7', b'26DE4851J2TWO018A2').replace(b'MM-2026-0309', b'MM-2026-0999')
    rejected('two.zip', zipped([*documents().items(), ('other.xml', other)]), 'G-3')
    bare = re.sub(rb'<Declarant>.*?</Declarant>', b'<Declarant><name>-</name></Declarant>', documents()['declaration.xml'], flags=re.S)
    bare = re.sub(rb'<descriptionOfGoods>.*?</CommodityCode>', b'<descriptionOfGoods>Pumps</descriptionOfGoods>', bare, flags=re.S)
    rejected('no-commodity.zip', with_document('declaration.xml', bare), 'G-5')


def command_line():
    code, text, errors = review(os.path.join(FOLDER, 'nowhere'), os.path.join(FOLDER, 'missing.zip'))
    ok(code == 3 and 'missing.zip' in errors, 'a missing input on the command line ends with 3', f'{code}\n{errors}')
    path = os.path.join(FOLDER, 'list')
    write(path, os.path.join(FOLDER, 'missing.zip') + '\n' + os.path.join(BUNDLES, 'temporary.zip') + '\n')
    code, text, errors = review(os.path.join(FOLDER, 'listed'), '@' + path, '--format', 'jsonl')
    lines = json_lines(text)
    same((code, [line['outcome'] == 'quarantine' for line in lines]), (2, [True, False]), 'a missing input in a list is a quarantine')
    code, text, errors = run('review', os.path.join(BUNDLES, 'temporary.zip'))
    ok(code == 3 and '--out' in errors, 'no --out ends with 3', f'{code}\n{errors}')


def main():
    containers()
    texts()
    declarations()
    command_line()
    done()


main()
