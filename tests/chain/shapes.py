#!/usr/bin/env python3
"""One declaration in many shapes: prefixes, namespaces, comments and CDATA, encodings, names of files. The facts are the
same, or the finding is the one that is documented."""
import os
import re
import struct
import zipfile
import zlib

from tap import BUNDLES, ROOT, RUN, done, ok, read, run, same, same_text, work_folder, write

AES = 'http://ecs.dgtaxud.ec'
DEC = os.path.join(ROOT, 'schemas/dialects/wco-dec/tests')


def export():
    """The declaration of a fixture as text, without its XML declaration."""
    with zipfile.ZipFile(os.path.join(BUNDLES, 'ordinary-sea.zip')) as bundle:
        return bundle.read('declaration.xml').decode().split('?>', 1)[1].lstrip()


def facts(text, group='declaration'):
    """Groups of the dossier without the places they come from."""
    found = re.findall(rf'  <{group}[ >].*?\n  </{group}>', text, re.S)
    return re.sub(r' (?:src|doc|n)="[^"]*"', '', '\n'.join(found))


class Shapes:
    def __init__(self):
        self.folder = work_folder()
        self.count = 0

    def normalise(self, data, *options):
        self.count += 1
        path = os.path.join(self.folder, f'{self.count}.xml')
        with open(path, 'wb') as file:
            file.write(data)
        return run('normalise', path, *RUN, *options)

    def alike(self, name, data, expected, group='declaration'):
        """The same facts, and no document that is struck out."""
        code, text, errors = self.normalise(data)
        same_text(facts(text, group), expected, f'{name}: the same facts', errors)
        ok(not re.search('X-00[124]', errors), f'{name}: no fault', errors)

    def refused(self, name, data, finding):
        code, text, errors = self.normalise(data)
        ok(finding in errors and code == 1, f'{name}: {finding}', f'{code}\n{errors}')


def head(encoding):
    return f'<?xml version="1.0" encoding="{encoding}"?>\n'


def names_of_elements(shapes, text, expected):
    for prefix in ('n1', 'aes', '_2', 'x-1.y', 'Ä', '名'):
        shapes.alike(f'prefix {prefix}', text.replace('ie:', prefix + ':').replace('xmlns:ie', 'xmlns:' + prefix).encode(),
                     expected)
    open_tag = f'<ie:CC515C xmlns:ie="{AES}"'
    assert open_tag in text
    shapes.alike('a prefix that is bound again below', text.replace(open_tag, open_tag + ' xmlns:q="urn:q"').replace(
        '<GoodsShipment>', f'<GoodsShipment xmlns:ie="urn:other" xmlns:q="{AES}">').encode(), expected)
    inner = text.replace('ie:CC515C', 'CC515C').replace('xmlns:ie=', 'xmlns=')
    for name in ('messageSender', 'messageRecipient', 'preparationDateAndTime', 'messageIdentification', 'messageType',
                 'ExportOperation', 'CustomsOfficeOfExport', 'CustomsOfficeOfExitDeclared', 'Exporter', 'Declarant',
                 'Representative', 'CurrencyExchange', 'GoodsShipment', 'Authorisation', 'DeferredPayment',
                 'CustomsOfficeOfPresentation', 'SupervisingCustomsOffice'):
        inner = re.sub(rf'^  <{name}(/?)>', rf'  <{name} xmlns=""\1>', inner, flags=re.M)
    shapes.alike('a default namespace that is taken back', inner.encode(), expected)
    shapes.alike('a root without namespace', text.replace('ie:', '').replace(f' xmlns:ie="{AES}"', '').encode(), expected)
    shapes.alike('xsi:type and a place of schemas', text.replace(
        open_tag, open_tag + ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="ie:CC515CType"'
        f' xsi:schemaLocation="{AES} ../nowhere/cc515c.xsd"').encode(), expected)
    shapes.refused('all in the namespace of the root', text.replace('ie:CC515C', 'CC515C').replace(
        'xmlns:ie', 'xmlns').encode(), 'X-002')


def notifications(shapes):
    """Messages of customs, which come with all namespaces and with none, and several in one file."""
    plain = read(DEC, 'accepted.xml').decode()
    body = re.sub(r'<\?xml.*?\?>\s*', '', plain)
    expected = facts(shapes.normalise(plain.encode())[1], 'event')
    ok('accepted' in expected, 'a notification is read', expected)
    qualified = body.replace('<MetaData', '<m:MetaData').replace('</MetaData', '</m:MetaData')
    for name in ('WCODataModelVersionCode', 'WCOTypeName', 'ResponsibleCountryCode', 'ResponsibleAgencyName',
                 'AgencyAssignedCustomizationCode', 'AgencyAssignedCustomizationVersionCode'):
        qualified = re.sub(rf'<(/?){name}(?=[ />])', rf'<\1m:{name}', qualified)
    qualified = re.sub(r'<(/?)DateTimeString', r'<\1d:DateTimeString', qualified)
    qualified = qualified.replace('<m:MetaData', '<m:MetaData xmlns:m="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"'
                                  ' xmlns:d="urn:wco:datamodel:WCO:Response_DS:DMS:2"', 1)
    qualified = qualified.replace('<Response', '<Response xmlns="urn:wco:datamodel:WCO:RES-DMS:2"')
    shapes.alike('a notification with namespaces', qualified.encode(), expected, 'event')
    for name, between in (('one behind the other', ''), ('each with an XML declaration', head('UTF-8')),
                          ('with comments between', '<!-- second -->\n')):
        data = (plain + between + qualified).encode()
        code, text, errors = shapes.normalise(data)
        same_text(facts(text, 'event'), expected + '\n' + expected, f'several roots, {name}: two acts', errors)
        same(len(re.findall('<document id=', text)), 2, f'several roots, {name}: two documents')
        line = re.findall(r'<event [^>]*src="d2:(\d+)"', text)
        first = re.search(r'<event [^>]*src="d1:(\d+)"', text)
        ok(line and first and int(line[0]) > plain.count('\n'), f'several roots, {name}: lines go on', text)
    code, text, errors = shapes.normalise((plain + 'a line of a log\n').encode())
    ok('X-001' in errors, 'text behind the root: X-001', errors)


def inside_values(shapes, text, expected):
    def bent(value):
        half = len(value) // 2
        return (f'<!-- a -->{value[:half]}<!-- b --><![CDATA[{value[half:]}]]><?z instruction?>')
    pieces = re.sub(r'>([^<>&\s][^<>&]*)<', lambda match: '>' + bent(match.group(1)) + '<', text)
    shapes.alike('comments, CDATA and instructions in all values', pieces.encode(), expected)
    shapes.alike('characters by number', re.sub(
        r'>([^<>&\s][^<>&]*)<', lambda match: '>' + ''.join(f'&#x{ord(c):X};' for c in match.group(1)) + '<',
        text).encode(), expected)
    shapes.alike('white space round all values', re.sub(r'>([^<>&\s][^<>&]*)<', '>\n\t \\1 \r\n<', text).encode(), expected)
    shapes.alike('CR LF', text.replace('\n', '\r\n').encode(), expected)
    shapes.alike('one line', re.sub(r'>\s+<', '><', text).encode(), expected)
    empties = text.replace('<GoodsShipment>', '<GoodsShipment><countryOfExport/>').replace(
        '<natureOfTransaction>', '<DeferredPayment/><natureOfTransaction>')
    code, found, errors = shapes.normalise(empties.encode())
    ok('<deferredPayment' not in found, 'an empty element is absent', errors)


def encodings(shapes, text):
    texts = {
        'latin': text.replace('Müller Maschinenbau', 'Müller & Söhne Straße'.replace('&', '&amp;')),
        'euro': text.replace('Müller Maschinenbau', 'Müller “Kai” – 5 €'),
        'han': text.replace('Müller Maschinenbau', '宁波穆勒机械'),
        'arabic and cyrillic': text.replace('Müller Maschinenbau', 'شركة Мюллер 株式会社'),
    }
    expected = {}
    for script, body in texts.items():
        code, found, errors = shapes.normalise((head('UTF-8') + body).encode())
        expected[script] = facts(found)
        ok('<declaration' in expected[script], f'{script} in UTF-8', errors)
        shapes.alike(f'{script}, UTF-8 with a mark', b'\xef\xbb\xbf' + (head('UTF-8') + body).encode(), expected[script])
        shapes.alike(f'{script}, no declaration', body.encode(), expected[script])
        for codec, mark in (('utf-16-le', b'\xff\xfe'), ('utf-16-be', b'\xfe\xff')):
            shapes.alike(f'{script}, {codec}, with a mark', mark + (head('UTF-16') + body).encode(codec), expected[script])
            shapes.alike(f'{script}, {codec}, without', (head('UTF-16') + body).encode(codec), expected[script])
        shapes.alike(f'{script}, GB18030', (head('GB18030') + body).encode('gb18030'), expected[script])
        shapes.alike(f'{script}, GB18030 with a mark', ('\ufeff' + head('GB18030') + body).encode('gb18030'), expected[script])
    for declared in ('ISO-8859-1', 'iso-8859-1', 'latin1'):
        shapes.alike(f'latin, {declared}', (head(declared) + texts['latin']).encode('latin-1'), expected['latin'])
    for declared in ('Windows-1252', 'windows-1252', 'CP1252'):
        shapes.alike(f'euro, {declared}', (head(declared) + texts['euro']).encode('cp1252'), expected['euro'])
    for declared in ('GB2312', 'GBK'):
        han = texts['han'].replace('ü', 'u')
        plain = facts(shapes.normalise((head('UTF-8') + han).encode())[1])
        shapes.alike(f'han, {declared}', (head(declared) + han).encode('gb2312'), plain)
    shapes.refused('latin without a declaration', texts['latin'].encode('latin-1'), 'X-001')
    shapes.refused('latin declared as UTF-8', (head('UTF-8') + texts['latin']).encode('latin-1'), 'X-001')
    shapes.refused('the mark of UTF-8 before another encoding',
                   b'\xef\xbb\xbf' + (head('ISO-8859-1') + texts['latin']).encode('latin-1'), 'X-001')
    shapes.refused('an encoding that is not read', (head('KOI8-R') + texts['latin']).encode('latin-1'), 'X-001')
    shapes.refused('half a character', (head('UTF-8') + texts['han']).encode()[:-1] + b'\xe5\xae', 'X-001')


def pack(path, name, data, marked):
    """A zip whose one name is these bytes, marked as UTF-8 or not."""
    flags = 0x800 if marked else 0
    common = struct.pack('<HHHHHIIIHH', 20, flags, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), 0)
    local = b'PK\x03\x04' + common + name + data
    central = b'PK\x01\x02' + struct.pack('<H', 20) + common + struct.pack('<HHHII', 0, 0, 0, 0, 0) + name
    with open(path, 'wb') as file:
        file.write(local + central + b'PK\x05\x06' + struct.pack('<HHHHIIH', 0, 0, 1, 1, len(central), len(local), 0))


def names_of_files(shapes, text, expected):
    cases = (('Chinese', '出口/报关单.xml', 'gb18030', 'GB18030'), ('Arabic', 'بيان التصدير.xml', 'cp1256', 'CP1256'),
             ('Cyrillic', 'Экспорт/декларация.xml', 'cp866', 'CP866'))
    data = text.encode()
    path = os.path.join(shapes.folder, 'named.zip')
    for script, name, codec, encoding in cases:
        policy = os.path.join(shapes.folder, encoding + '.policy')
        write(policy, f'names.encodings = {encoding}\n')
        for how, raw, marked, options in ((' marked UTF-8', name.encode(), True, ()), (' UTF-8 without the mark', name.encode(), False, ()),
                                          (f' in {encoding}', name.encode(codec), False, ('--policy', policy))):
            pack(path, raw, data, marked)
            code, found, errors = run('normalise', path, *RUN, *options)
            same_text(facts(found), expected, f'{script} name{how}: the same facts', errors)
            ok(f'<path>{name}</path>' in found, f'{script} name{how}: is shown', errors + found[:800])
        pack(path, name.encode(codec), data, False)
        code, found, errors = run('normalise', path, *RUN)
        ok(code == 2 and 'bad-name' in errors, f'{script} name in {encoding}, which nobody named: bad-name', f'{code}\n{errors}')
        pack(path, name.encode(codec), data, True)
        code, found, errors = run('normalise', path, *RUN, '--policy', policy)
        ok(code == 2, f'{script} name in {encoding}, marked UTF-8: refused', f'{code}\n{errors}')


def main():
    shapes = Shapes()
    text = export()
    code, found, errors = shapes.normalise(text.encode())
    expected = facts(found)
    ok(expected.count('<') > 100, 'the declaration is read', errors)
    names_of_elements(shapes, text, expected)
    notifications(shapes)
    inside_values(shapes, text, expected)
    encodings(shapes, text)
    names_of_files(shapes, text, expected)
    done()


main()
