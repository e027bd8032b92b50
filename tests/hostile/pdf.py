#!/usr/bin/env python3
"""Makes PDF files that carry files, sound and hostile, and a manifest of what is to be found in each.

Usage: pdf.py FOLDER      writes FOLDER/NAME and FOLDER/manifest.tsv: NAME, names of the files found (apart by "|", "-":
                          none, "*": some), words of the fault ("-": none), "repaired" or "-"

Everything is made here, from nothing; the same files come out each time.
"""
import os
import sys
import zlib

INVOICE = b'<?xml version="1.0"?>\n<invoice>' + b'<line>7</line>' * 40 + b'</invoice>\n'
CASES = []


def case(name, found='factur-x.xml', fault='-', repaired='-'):
    """Registers a function that returns the bytes of one PDF."""
    def register(function):
        CASES.append((name, found, fault, repaired, function))
        return function
    return register


# --- parts of a file ------------------------------------------------------------------------------------------

def stream(data, flate=True, extra=b'', length=None):
    packed = zlib.compress(data, 9) if flate else data
    length = b'%d' % len(packed) if length is None else length
    return b'<< /Length %s%s%s >>\nstream\n%s\nendstream' % (length, b' /Filter /FlateDecode' if flate else b'', extra, packed)


def specification(number, name=b'(factur-x.xml)', extra=b' /AFRelationship /Alternative'):
    return b'<< /Type /Filespec /F %s /UF %s%s /EF << /F %d 0 R >> >>' % (name, name, extra, number)


def catalogue(names=b'<< /EmbeddedFiles << /Names [ (factur-x.xml) 4 0 R ] >> >>', extra=b''):
    return b'<< /Type /Catalog /Pages 2 0 R /Names %s%s >>' % (names, extra)


PAGES = b'<< /Type /Pages /Kids [] /Count 0 >>'


def objects(**changed):
    """The objects of a plain invoice, some replaced: o1=… is object 1."""
    made = {1: catalogue(), 2: PAGES, 4: specification(5), 5: stream(INVOICE)}
    made.update({int(name[1:]): body for name, body in changed.items()})
    return made


def body_of(made, start=b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'):
    """The bytes of the objects and where each begins."""
    out, places = bytearray(start), {}
    for number, body in made.items():
        places[number] = len(out)
        out += b'%d 0 obj\n%s\nendobj\n' % (number, body)
    return out, places


def table(places, shift=0):
    rows = b'xref\n0 1\n0000000000 65535 f \n'
    for number, place in sorted(places.items()):
        rows += b'%d 1\n%010d 00000 n \n' % (number, place + shift)
    return rows


def classic(made, trailer=b'', shift=0, root=b'1 0 R'):
    out, places = body_of(made)
    start = len(out)
    out += table(places, shift)
    out += b'trailer\n<< /Size %d /Root %s%s >>\nstartxref\n%d\n%%%%EOF\n' % (max(places) + 1, root, trailer, start)
    return bytes(out)


def rows_of(places, packed, own):
    """The rows of a cross-reference stream: kind, place, index."""
    rows = []
    for number in range(own + 1):
        if number in places:
            rows.append((1, places[number], 0))
        elif number in packed:
            rows.append((2, packed[number][0], packed[number][1]))
        else:
            rows.append((0, 0, 0))
    return [bytes([kind]) + place.to_bytes(4, 'big') + index.to_bytes(2, 'big') for kind, place, index in rows]


def predicted(rows):
    """PNG rows, one predictor after the other."""
    out, above = b'', bytes(len(rows[0]))
    for i, row in enumerate(rows):
        kind = i % 3
        left = bytes(1) + row[:-1]
        before = (bytes(len(row)), left, above)[kind]
        out += bytes([kind]) + bytes((a - b) & 255 for a, b in zip(row, before))
        above = row
    return out


def object_stream(made):
    pairs, text = b'', b''
    for number, body in made.items():
        pairs += b'%d %d ' % (number, len(text))
        text += body + b'\n'
    return stream(pairs + text, extra=b' /Type /ObjStm /N %d /First %d' % (len(made), len(pairs)))


def modern(packed_objects, plain, start=None, holder=6, own=7):
    """Objects in an object stream, a cross-reference stream with predictors."""
    plain = {**plain, holder: object_stream(packed_objects)}
    out, places = body_of(plain)
    places[own] = len(out)
    packed = {number: (holder, i) for i, number in enumerate(packed_objects)}
    rows = rows_of(places, packed, own)
    extra = (b' /Type /XRef /W [1 4 2] /Size %d /Root 1 0 R /DecodeParms << /Predictor 12 /Columns 7 >>' % (own + 1))
    out += b'%d 0 obj\n%s\nendobj\n' % (own, stream(predicted(rows), extra=extra))
    return bytes(out) + b'startxref\n%d\n%%%%EOF\n' % (places[own] if start is None else start)


# --- sound files ----------------------------------------------------------------------------------------------

@case('classic.pdf')
def classic_file():
    return classic(objects(o5=stream(INVOICE, flate=False)))


@case('flate.pdf')
def flate():
    return classic(objects())


@case('modern.pdf')
def modern_file():
    return modern({1: catalogue(), 2: PAGES, 4: specification(5)}, {5: stream(INVOICE)})


@case('hybrid.pdf')
def hybrid():
    """A table that hides the file specification; the stream beside it knows it."""
    made = objects()
    hidden = {4: made.pop(4)}
    out, places = body_of({**made, 6: object_stream(hidden)})
    places[7] = len(out)
    rows = rows_of({}, {4: (6, 0)}, 4)[4:]
    out += b'7 0 obj\n%s\nendobj\n' % stream(b''.join(rows), extra=b' /Type /XRef /W [1 4 2] /Index [4 1] /Size 8')
    start = len(out)
    out += table(places) + b'trailer\n<< /Size 8 /Root 1 0 R /XRefStm %d >>\nstartxref\n%d\n%%%%EOF\n' % (places[7], start)
    return bytes(out)


@case('update.pdf', found='second.xml')
def update():
    """A later section names another file."""
    first = classic(objects())
    out, places = body_of({4: specification(8, b'(second.xml)'), 8: stream(INVOICE)}, start=first)
    before = first.rindex(b'xref\n0 1')
    start = len(out)
    out += table(places) + b'trailer\n<< /Size 9 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n' % (before, start)
    return bytes(out)


@case('deleted.pdf', found='-')
def deleted():
    """A later section frees the file specification."""
    first = classic(objects())
    before = first.rindex(b'xref\n0 1')
    out = bytearray(first)
    out += b'xref\n4 1\n0000000000 00001 f \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n' % (
        before, len(first))
    return bytes(out)


@case('kids.pdf', found='a.xml|b.xml|c.xml')
def kids():
    made = objects(o1=catalogue(b'9 0 R'), o9=b'<< /EmbeddedFiles 10 0 R >>', o10=b'<< /Kids [ 11 0 R 12 0 R ] >>')
    made[11] = b'<< /Limits [(a)(b)] /Names [ (a) 13 0 R (b) 14 0 R ] >>'
    made[12] = b'<< /Kids [ << /Names 20 0 R >> ] >>'
    made[20] = b'[ (c) 15 0 R ]'
    for i, name in enumerate((b'(a.xml)', b'(b.xml)', b'(c.xml)')):
        made[13 + i] = specification(16 + i, name)
        made[16 + i] = stream(INVOICE)
    return classic(made)


@case('associated.pdf')
def associated():
    return classic(objects(o1=catalogue(b'<< >>', b' /AF [ 4 0 R ]')))


@case('both.pdf')
def both():
    return classic(objects(o1=catalogue(extra=b' /AF 9 0 R'), o9=b'[ 4 0 R ]'))


@case('same-name.pdf', found='factur-x.xml|factur-x.xml')
def same_name():
    made = objects(o1=catalogue(b'<< /EmbeddedFiles << /Names [ (a) 4 0 R (b) 8 0 R ] >> >>'))
    made.update({8: specification(9), 9: stream(INVOICE)})
    return classic(made)


@case('utf-16.pdf', found='发票 Счёт.xml')
def utf_16():
    return classic(objects(o4=specification(5, b'<%s>' % ('\ufeff发票 Счёт.xml'.encode('utf-16-be').hex().encode()))))


@case('utf-8.pdf', found='فاتورة.xml')
def utf_8():
    return classic(objects(o4=specification(5, b'(\xef\xbb\xbf%s)' % 'فاتورة.xml'.encode())))


@case('pdf-encoding.pdf', found='Z\u00fcrich \u2022 \u20ac(1).xml')
def pdf_encoding():
    return classic(objects(o4=specification(5, b'(Z\\374rich \\200 \xa0\\(1\\).x\\\nml)')))


@case('control.pdf', found='a%0A%00b.xml')
def control():
    return classic(objects(o4=specification(5, b'(a\\n\\000b.xml)')))


@case('late-header.pdf')
def late_header():
    return b'some bytes of a mail gateway\r\n' * 20 + classic(objects())


@case('indirect-length.pdf')
def indirect_length():
    body = stream(INVOICE, length=b'8 0 R')
    return classic(objects(o5=body, o8=b'%d' % len(zlib.compress(INVOICE, 9))))


@case('wrong-length.pdf')
def wrong_length():
    return classic(objects(o5=stream(INVOICE, length=b'99999')))


@case('plain.pdf', found='-')
def plain():
    return classic({1: b'<< /Type /Catalog /Pages 2 0 R >>', 2: PAGES})


@case('actions.pdf', found='-')
def actions():
    """What acts when a viewer opens it: never looked at."""
    made = {1: b'<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> /AA << >> >>', 2: PAGES}
    return classic(made)


# --- damaged --------------------------------------------------------------------------------------------------

@case('no-startxref.pdf', repaired='repaired')
def no_startxref():
    return classic(objects()).replace(b'startxref', b'startxxxx')


@case('shifted.pdf', repaired='repaired')
def shifted():
    return classic(objects(), shift=3)


@case('cut.pdf', repaired='repaired')
def cut():
    whole = classic(objects())
    return whole[:whole.index(b'xref\n0 1')]


@case('modern-cut.pdf', repaired='repaired')
def modern_cut():
    whole = modern({1: catalogue(), 2: PAGES, 4: specification(5)}, {5: stream(INVOICE)})
    return whole[:whole.rindex(b'startxref')]


@case('header-only.pdf', found='-', fault='damaged', repaired='repaired')
def header_only():
    return b'%PDF-1.7\n'


@case('noise.pdf', found='-', fault='damaged', repaired='repaired')
def noise():
    return b'%PDF-1.4\n' + bytes((i * i * 31 + i // 7) & 255 for i in range(20000))


@case('broken-deflate.pdf', found='-', fault='compressed data is damaged')
def broken_deflate():
    body = stream(INVOICE)
    return classic(objects(o5=body[:-30] + b'?' * 18 + body[-12:]))


@case('odd-names.pdf', found='-')
def odd_names():
    names = b'<< /EmbeddedFiles << /Names [ (a) (b) (c) << /EF 7 >> (d) << /EF << /F (x) >> >> (e) ] /Kids 3 >> >>'
    return classic(objects(o1=catalogue(names)))


@case('unclosed.pdf', found='-', fault='damaged', repaired='repaired')
def unclosed():
    return classic(objects(o1=b'<< /Type /Catalog /Names << /EmbeddedFiles << /Names [ (never closed'))


# --- not to be read, or not to be afforded ----------------------------------------------------------------------

@case('encrypted.pdf', found='-', fault='encrypted')
def encrypted():
    return classic(objects(o9=b'<< /Filter /Standard /V 2 /R 3 /O (o) /U (u) /P -4 >>'), trailer=b' /Encrypt 9 0 R')


@case('filter.pdf', found='-', fault='filter is not read')
def filters():
    twice = zlib.compress(zlib.compress(INVOICE))
    return classic(objects(o5=b'<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream' % (len(twice), twice)))


@case('bomb.pdf', found='-', fault='unpacks to more than the limits allow')
def bomb():
    return classic(objects(o5=stream(b'<a>' + b' ' * 30000000)))


@case('bombs.pdf', found='*', fault='unpacks to more than the limits allow')
def bombs():
    """Each within what one file may be, not all of them together."""
    made = objects(o5=stream(b' ' * 3000000))
    names = b''
    for i in range(40):
        made[10 + i] = specification(2000 + i, b'(%d.xml)' % i)
        made[2000 + i] = made[5]
        names += b'(%d) %d 0 R ' % (i, 10 + i)
    made[1] = catalogue(b'<< /EmbeddedFiles << /Names [ %s ] >> >>' % names)
    del made[5]
    return classic(made)


@case('bomb-object-stream.pdf', found='-', fault='more than the limits allow')
def bomb_object_stream():
    extra = b' /Type /ObjStm /N 1 /First 4'
    plain = {6: stream(b'1 0 ' + b' ' * 30000000, extra=extra)}
    out, places = body_of(plain)
    places[7] = len(out)
    rows = rows_of(places, {1: (6, 0)}, 7)
    out += b'7 0 obj\n%s\nendobj\n' % stream(b''.join(rows), extra=b' /Type /XRef /W [1 4 2] /Size 8 /Root 1 0 R')
    return bytes(out) + b'startxref\n%d\n%%%%EOF\n' % places[7]


@case('ten-thousand.pdf', found='-', fault='more than')
def ten_thousand():
    made = {1: catalogue(b'<< /EmbeddedFiles 3 0 R >>'), 2: PAGES}
    names = b''
    for i in range(10000):
        made[10 + i] = specification(20000 + i, b'(%d.xml)' % i)
        made[20000 + i] = stream(b'<a/>', flate=False)
        names += b'(%d) %d 0 R ' % (i, 10 + i)
    made[3] = b'<< /Names [ %s ] >>' % names
    return classic(made)


@case('loop-prev.pdf', repaired='repaired')
def loop_prev():
    whole = classic(objects(), trailer=b' /Prev 0000000000')
    return whole.replace(b'/Prev 0000000000', b'/Prev %010d' % whole.index(b'xref\n0 1'))


@case('loop-kids.pdf', found='-', fault='more than the limits allow')
def loop_kids():
    return classic(objects(o1=catalogue(b'<< /EmbeddedFiles 3 0 R >>'), o3=b'<< /Kids [ 3 0 R 3 0 R ] >>'))


@case('loop-reference.pdf', found='-', fault='damaged', repaired='repaired')
def loop_reference():
    return classic({1: b'2 0 R', 2: b'1 0 R'})


@case('loop-length.pdf')
def loop_length():
    return classic(objects(o5=stream(INVOICE, length=b'8 0 R'), o8=b'8 0 R'))


@case('loop-object-stream.pdf', found='-', fault='damaged', repaired='repaired')
def loop_object_stream():
    """An object stream that is said to stand in itself."""
    rows = rows_of({}, {1: (6, 0), 6: (6, 1)}, 7)
    out = bytearray(b'%PDF-1.7\n')
    start = len(out)
    out += b'7 0 obj\n%s\nendobj\n' % stream(b''.join(rows), extra=b' /Type /XRef /W [1 4 2] /Size 8 /Root 1 0 R')
    return bytes(out) + b'startxref\n%d\n%%%%EOF\n' % start


@case('deep.pdf', found='-', fault='damaged', repaired='repaired')
def deep():
    return classic(objects(o1=b'<< /Type /Catalog /Names ' + b'[' * 200000 + b']' * 200000 + b' >>'))


@case('huge-size.pdf', found='-', fault='damaged', repaired='repaired')
def huge_size():
    """A cross-reference stream that promises two thousand million objects in rows without width."""
    out = bytearray(b'%PDF-1.7\n')
    extra = b' /Type /XRef /W [0 1 0] /Index [0 2147483647 4294967290 99 -7 5] /Size 2147483647 /Root 1 0 R'
    start = len(out)
    out += b'7 0 obj\n%s\nendobj\n' % stream(b'\x01' * 1000, extra=extra)
    return bytes(out) + b'startxref\n%d\n%%%%EOF\n' % start


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'manifest.tsv'), 'w', encoding='utf-8') as manifest:
        for name, found, fault, repaired, function in CASES:
            with open(os.path.join(folder, name), 'wb') as file:
                file.write(function())
            manifest.write(f'{name}\t{found}\t{fault}\t{repaired}\n')


if __name__ == '__main__':
    main()
