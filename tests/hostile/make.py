#!/usr/bin/env python3
"""Makes hostile containers, one defect each, and a manifest of what must become of them.

Usage: make.py FOLDER      writes FOLDER/NAME and FOLDER/manifest.tsv (NAME, tab, reason; "-": accepted)

Reasons are those of the contract. Everything is made here, from nothing; the same files come out each time.
"""
import bz2
import gzip
import io
import lzma
import os
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib

DOCUMENT = b'<?xml version="1.0"?>\n<declaration/>\n'
OTHER = b'<?xml version="1.0"?>\n<invoice/>\n'
UNIX = 3 << 8
KINDS = []


def kind(name, reason):
    """Registers a function that returns the bytes of one container."""
    def register(function):
        KINDS.append((name, reason, function))
        return function
    return register


# --- zip, record by record ------------------------------------------------------------------------------------

class Entry:
    """An entry of a zip whose every field can lie."""

    def __init__(self, name, data=DOCUMENT, method=8, **fields):
        self.name = name.encode() if isinstance(name, str) else name
        self.method = method
        self.packed = deflate(data) if method == 8 else data
        self.crc = zlib.crc32(data)
        self.length = len(data)
        self.flags = 0 if self.name.isascii() else 0x800
        self.extra = b''
        self.local_extra = b''
        self.attributes = 0o100644 << 16
        self.made_by = UNIX | 20
        self.descriptor = b''
        self.local = {}
        self.hidden = False
        self.offset = None
        for field, value in fields.items():
            assert hasattr(self, field), field
            setattr(self, field, value)

    def local_header(self):
        field = lambda name, value: self.local.get(name, value)
        name = field('name', self.name)
        return struct.pack('<IHHHHHIIIHH', 0x04034b50, 20, field('flags', self.flags), field('method', self.method),
                           0, 33, field('crc', self.crc), field('packed_length', min(len(self.packed), 0xffffffff)),
                           field('length', self.length), len(name), len(self.local_extra)) + name + self.local_extra

    def central_header(self, offset):
        return struct.pack('<IHHHHHHIIIHHHHHII', 0x02014b50, self.made_by, 20, self.flags, self.method, 0, 33, self.crc,
                           len(self.packed), self.length, len(self.name), len(self.extra), 0, 0, 0, self.attributes,
                           offset) + self.name + self.extra


def deflate(data, level=9):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def end_record(count, size, start, comment=b''):
    return struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, count, count, size, start, len(comment)) + comment


def zip64_end(count, size, start, at):
    return struct.pack('<IQHHIIQQQQ', 0x06064b50, 44, 45, 45, 0, 0, count, count, size, start) + \
        struct.pack('<IIQI', 0x07064b50, 0, at, 1)


def make_zip(*entries, comment=b'', before_directory=b'', after_directory=b'', count=None, zip64=None):
    data, directory, listed = b'', b'', 0
    for entry in entries:
        offset = len(data) if entry.offset is None else entry.offset
        if entry.offset is None:
            data += entry.local_header() + entry.packed + entry.descriptor
        if not entry.hidden:
            directory += entry.central_header(offset)
            listed += 1
    data += before_directory
    start, listed = len(data), listed if count is None else count
    large = zip64(listed, len(directory), start) if zip64 else b''
    return data + directory + after_directory + large + end_record(listed, len(directory), start, comment)


PLAIN = lambda: make_zip(Entry('declaration.xml'), Entry('docs/invoice.xml', OTHER))


@kind('plain.zip', '-')
def plain():
    return PLAIN()


@kind('comment.zip', '-')
def comment():
    return make_zip(Entry('declaration.xml'), comment=b'packed by hand')


@kind('python.zip', '-')
def python():
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo('报关单/declaration.xml'), DOCUMENT)
        made.writestr(zipfile.ZipInfo('docs/'), b'')
    return out.getvalue()


@kind('descriptor.zip', '-')
def descriptor():
    entry = Entry('declaration.xml', flags=8, local={'crc': 0, 'length': 0, 'packed_length': 0})
    entry.descriptor = struct.pack('<IIII', 0x08074b50, entry.crc, len(entry.packed), entry.length)
    bare = Entry('invoice.xml', OTHER, flags=8, local={'crc': 0, 'length': 0, 'packed_length': 0})
    bare.descriptor = struct.pack('<III', bare.crc, len(bare.packed), bare.length)
    return make_zip(entry, bare)


@kind('zip64.zip', '-')
def zip64_sound():
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as made:
        with made.open(zipfile.ZipInfo('declaration.xml'), 'w', force_zip64=True) as file:
            file.write(DOCUMENT)
    return out.getvalue()


@kind('zip64-end.zip', '-')
def zip64_end_sound():
    return make_zip(Entry('declaration.xml'), zip64=lambda n, size, start: zip64_end(n, size, start, start + size))


@kind('empty.zip', '-')
def empty_zip():
    return end_record(0, 0, 0)


@kind('unicode-path.zip', '-')
def unicode_path():
    name = '报关单.xml'.encode('gb18030')
    field = b'\1' + struct.pack('<I', zlib.crc32(name)) + '报关单.xml'.encode()
    extra = struct.pack('<HH', 0x7075, len(field)) + field
    return make_zip(Entry(name, flags=0, extra=extra, local_extra=extra))


@kind('stored-archive.zip', '-')
def stored_archive():
    return make_zip(Entry('declaration.xml'), Entry('attachment.zip', PLAIN(), method=0))


@kind('cut.zip', 'unreadable')
def cut():
    return PLAIN()[:-30]


@kind('cut-in-data.zip', 'unreadable')
def cut_in_data():
    return PLAIN()[:50]


@kind('zero-bytes.zip', 'unreadable')
def zero_bytes():
    return b''


@kind('text.zip', 'unreadable')
def text():
    return b'this is no container\n'


@kind('wrong-crc.zip', 'unreadable')
def wrong_crc():
    return make_zip(Entry('declaration.xml', crc=1))


@kind('wrong-local-crc.zip', 'unreadable')
def wrong_local_crc():
    return make_zip(Entry('declaration.xml', local={'crc': 1}))


@kind('bad-deflate.zip', 'unreadable')
def bad_deflate():
    return make_zip(Entry('declaration.xml', packed=b'\xff' * 40))


@kind('bzip2-method.zip', 'unreadable')
def bzip2_method():
    return make_zip(Entry('declaration.xml', method=12, packed=bz2.compress(DOCUMENT)))


@kind('directory-outside.zip', 'unreadable')
def directory_outside():
    return Entry('a.xml').local_header() + end_record(1, 60, 0x7fffffff)


@kind('split.zip', 'unreadable')
def split():
    made = bytearray(PLAIN())
    made[-18:-14] = struct.pack('<HH', 1, 1)
    return bytes(made)


@kind('count-too-low.zip', 'smuggled-entry')
def count_too_low():
    return make_zip(Entry('declaration.xml'), Entry('second.xml'), count=1)


@kind('count-too-high.zip', 'unreadable')
def count_too_high():
    return make_zip(Entry('declaration.xml'), Entry('second.xml'), count=3)


@kind('encrypted.zip', 'encrypted')
def encrypted():
    return make_zip(Entry('declaration.xml', flags=1))


@kind('encrypted-aes.zip', 'encrypted')
def encrypted_aes():
    return make_zip(Entry('declaration.xml', flags=1, method=99))


@kind('encrypted-masked.zip', 'encrypted')
def encrypted_masked():
    return make_zip(Entry('declaration.xml', flags=1 << 13))


@kind('many.zip', 'too-many-entries')
def many():
    return make_zip(*[Entry(f'{i}.xml', b'', method=0) for i in range(2001)])


@kind('bomb-one-entry.zip', 'too-large')
def bomb_one_entry():
    return make_zip(Entry('a.xml', packed=b'\3\0', length=134217729))


@kind('bomb-sum.zip', 'too-large')
def bomb_sum():
    return make_zip(*[Entry(f'{i}.xml', packed=b'\3\0', length=120000000) for i in range(5)])


@kind('bomb-flat.zip', 'ratio')
def bomb_flat():
    return make_zip(Entry('a.xml', bytes(20000000)))


@kind('bomb-overlap.zip', 'ratio')
def bomb_overlap():
    kernel = Entry('0.xml', bytes(1000000))
    return make_zip(kernel, *[Entry(f'{i}.xml', bytes(1000000), offset=0) for i in range(1, 20)])


@kind('overlap.zip', 'smuggled-entry')
def overlap():
    return make_zip(Entry('0.xml'), Entry('1.xml', offset=0))


@kind('overlap-quoted.zip', 'smuggled-entry')
def overlap_quoted():
    """A local header lies in the data of the entry before it, and both are listed."""
    inner = Entry('b.xml')
    quoted = inner.local_header() + inner.packed
    outer = Entry('a.xml', quoted, method=0)
    inner.offset = len(outer.local_header())
    return make_zip(outer, inner)


@kind('length-lies-high.zip', 'smuggled-entry')
def length_lies_high():
    return make_zip(Entry('a.xml', length=len(DOCUMENT) + 5))


@kind('length-lies-low.zip', 'smuggled-entry')
def length_lies_low():
    return make_zip(Entry('a.xml', length=len(DOCUMENT) - 5))


@kind('stored-two-sizes.zip', 'smuggled-entry')
def stored_two_sizes():
    return make_zip(Entry('a.xml', method=0, length=len(DOCUMENT) - 5))


@kind('local-name.zip', 'smuggled-entry')
def local_name():
    return make_zip(Entry('declaration.xml', local={'name': b'Declaration.xml'}))


@kind('local-sizes.zip', 'smuggled-entry')
def local_sizes():
    return make_zip(Entry('declaration.xml', local={'length': 10}))


@kind('local-method.zip', 'smuggled-entry')
def local_method():
    return make_zip(Entry('declaration.xml', local={'method': 0}))


@kind('local-flags.zip', 'smuggled-entry')
def local_flags():
    return make_zip(Entry('declaration.xml', local={'flags': 8}))


@kind('hidden-last.zip', 'smuggled-entry')
def hidden_last():
    return make_zip(Entry('declaration.xml'), Entry('second.xml', hidden=True))


@kind('hidden-first.zip', 'smuggled-entry')
def hidden_first():
    return make_zip(Entry('first.xml', hidden=True), Entry('declaration.xml'))


@kind('hidden-between.zip', 'smuggled-entry')
def hidden_between():
    return make_zip(Entry('declaration.xml'), Entry('x.xml', hidden=True), Entry('invoice.xml', OTHER))


@kind('hidden-behind-deflate.zip', 'smuggled-entry')
def hidden_behind_deflate():
    hidden = Entry('x.xml')
    return make_zip(Entry('declaration.xml', packed=deflate(DOCUMENT) + hidden.local_header() + hidden.packed))


@kind('descriptor-inside.zip', 'smuggled-entry')
def descriptor_inside():
    head = b'<a/>' * 4
    inner = struct.pack('<IIII', 0x08074b50, zlib.crc32(head), len(head), len(head))
    entry = Entry('a.xml', head + inner + b'tail', method=0, flags=8, local={'crc': 0, 'length': 0, 'packed_length': 0})
    entry.descriptor = struct.pack('<IIII', 0x08074b50, entry.crc, entry.length, entry.length)
    return make_zip(entry)


@kind('descriptor-lies.zip', 'trailing-data')
def descriptor_lies():
    entry = Entry('a.xml', flags=8, local={'crc': 0, 'length': 0, 'packed_length': 0})
    entry.descriptor = struct.pack('<IIII', 0x08074b50, entry.crc, len(entry.packed), entry.length + 1)
    return make_zip(entry)


@kind('two-unicode-names.zip', 'smuggled-entry')
def two_unicode_names():
    name = b'declaration.xml'
    field = b'\1' + struct.pack('<I', zlib.crc32(name)) + b'invoice.xml'
    extra = struct.pack('<HH', 0x7075, len(field)) + field
    return make_zip(Entry(name, flags=0x800, extra=extra, local_extra=extra))


@kind('unicode-name-differs.zip', 'smuggled-entry')
def unicode_name_differs():
    name = b'a.xml'
    field = lambda text: struct.pack('<HHBI', 0x7075, 5 + len(text), 1, zlib.crc32(name)) + text
    return make_zip(Entry(name, extra=field(b'b.xml'), local_extra=field(b'c.xml')))


@kind('zip64-count-lies.zip', 'smuggled-entry')
def zip64_count_lies():
    return make_zip(Entry('a.xml'), Entry('b.xml'), zip64=lambda n, size, start: zip64_end(1, size, start, start + size))


@kind('zip64-elsewhere.zip', 'smuggled-entry')
def zip64_elsewhere():
    return make_zip(Entry('a.xml'), zip64=lambda n, size, start: zip64_end(n, size, start, 0))


@kind('zip64-missing.zip', 'unreadable')
def zip64_missing():
    made = bytearray(PLAIN())
    made[-6:-2] = b'\xff' * 4
    return bytes(made)


@kind('zip64-size-lies.zip', 'too-large')
def zip64_size_lies():
    extra = struct.pack('<HHQ', 1, 8, 1 << 62)
    return make_zip(Entry('a.xml', length=0xffffffff, extra=extra, local_extra=extra))


@kind('zip64-extra-missing.zip', 'unreadable')
def zip64_extra_missing():
    return make_zip(Entry('a.xml', length=0xffffffff))


@kind('zip-and-tar.zip', 'smuggled-entry')
def zip_and_tar():
    """A zip whose first local header and name are also the first header of a tar."""
    name = bytearray(b'a' * 482)
    name[118:126] = b' ' * 8
    block = Entry(bytes(name)).local_header()
    name[118:126] = b'%06o  ' % sum(block)
    return make_zip(Entry(bytes(name)))


@kind('prefix.zip', 'trailing-data')
def prefix():
    return b'#!/bin/sh\nexit 0\n' + PLAIN()


@kind('prefix-adjusted.zip', 'trailing-data')
def prefix_adjusted():
    head = b'MZ' + bytes(62)
    entry = Entry('a.xml')
    data = head + entry.local_header() + entry.packed
    directory = entry.central_header(len(head))
    return data + directory + end_record(1, len(directory), len(data))


@kind('suffix.zip', 'trailing-data')
def suffix():
    return PLAIN() + b'more'


@kind('suffix-long.zip', 'trailing-data')
def suffix_long():
    return PLAIN() + bytes(100000)


@kind('two-zips.zip', 'trailing-data')
def two_zips():
    return PLAIN() + PLAIN()


@kind('gap.zip', 'trailing-data')
def gap():
    return make_zip(Entry('a.xml'), before_directory=b'signing block')


@kind('gap-after-directory.zip', 'trailing-data')
def gap_after_directory():
    return make_zip(Entry('a.xml'), after_directory=b'something')


@kind('junk-behind-deflate.zip', 'trailing-data')
def junk_behind_deflate():
    return make_zip(Entry('declaration.xml', packed=deflate(DOCUMENT) + b'junk'))


@kind('polyglot-pdf.pdf', 'trailing-data')
def polyglot_pdf():
    return b'%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n' + PLAIN()


@kind('polyglot-xml.xml', 'trailing-data')
def polyglot_xml():
    return DOCUMENT + PLAIN()


@kind('end-in-comment.zip', 'trailing-data')
def end_in_comment():
    return make_zip(Entry('a.xml'), comment=end_record(0, 0, 0))


for number, name in enumerate(['../a.xml', 'docs/../../a.xml', '..', 'a/..']):
    kind(f'traversal-{number}.zip', 'bad-name')(lambda name=name: make_zip(Entry(name)))
for label, name in {'absolute': '/etc/a.xml', 'drive': 'C:/a.xml', 'backslash': '..\\a.xml', 'newline': 'a\nb.xml',
                    'nul': 'a.xml\0.exe', 'escape': 'a\x1b[2J.xml', 'c1': 'a\u0085b.xml', 'empty': '', 'dot': './a.xml',
                    'double-slash': 'a//b.xml', 'long': 'x' * 256 + '.xml'}.items():
    kind(f'name-{label}.zip', 'bad-name')(lambda name=name: make_zip(Entry(name)))


@kind('name-latin1.zip', 'bad-name')
def name_latin1():
    return make_zip(Entry('erklärung.xml'.encode('latin-1'), flags=0))


@kind('name-false-utf8.zip', 'bad-name')
def name_false_utf8():
    return make_zip(Entry(b'a\xff.xml', flags=0x800))


@kind('name-overlong-utf8.zip', 'bad-name')
def name_overlong_utf8():
    return make_zip(Entry(b'..\xc0\xafa.xml', flags=0x800))


for label, mode in {'symlink': 0o120777, 'device': 0o060644, 'terminal': 0o020644, 'fifo': 0o010644,
                    'socket': 0o140644}.items():
    kind(f'{label}.zip', 'link')(lambda mode=mode: make_zip(Entry('a.xml', attributes=mode << 16)))


@kind('folder-with-data.zip', 'smuggled-entry')
def folder_with_data():
    return make_zip(Entry('folder/', DOCUMENT))


for label, names in {'exact': ('a.xml', 'a.xml'), 'case': ('a.xml', 'A.XML'), 'nfc': ('\u00e9.xml', 'e\u0301.xml'),
                     'eszett': ('stra\u00dfe.xml', 'STRASSE.xml'), 'folder': ('a', 'a/b.xml'),
                     'folder-case': ('A', 'a/b/c.xml')}.items():
    kind(f'duplicate-{label}.zip', 'duplicate-name')(
        lambda names=names: make_zip(Entry(names[0]), Entry(names[1], OTHER)))


# --- tar --------------------------------------------------------------------------------------------------------

def make_tar(*members, form=tarfile.PAX_FORMAT, encoding='utf-8'):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w', format=form, encoding=encoding) as made:
        for name, data, fields in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            for field, value in fields.items():
                setattr(info, field, value)
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


TAR = lambda: make_tar(('declaration.xml', DOCUMENT, {}), ('docs/invoice.xml', OTHER, {}))


@kind('plain.tar', '-')
def plain_tar():
    return TAR()


@kind('dot.tar', '-')
def dot_tar():
    return make_tar(('.', b'', {'type': tarfile.DIRTYPE}), ('./declaration.xml', DOCUMENT, {}))


@kind('unicode-pax.tar', '-')
def unicode_pax():
    return make_tar(('报关单.xml', DOCUMENT, {}))


@kind('unicode-gnu.tar', '-')
def unicode_gnu():
    return make_tar(('报关单' * 20 + '.xml', DOCUMENT, {}), form=tarfile.GNU_FORMAT)


@kind('plain.tar.gz', '-')
def plain_gz():
    return gzip.compress(TAR(), mtime=0)


@kind('plain.tar.xz', '-')
def plain_xz():
    return lzma.compress(TAR())


@kind('blocks.tar.xz', '-')
def two_streams_xz():
    half = len(TAR()) // 2
    return lzma.compress(TAR()[:half]) + lzma.compress(TAR()[half:])


for label, kind_of in {'hard-link': tarfile.LNKTYPE, 'symlink': tarfile.SYMTYPE, 'device': tarfile.BLKTYPE,
                       'terminal': tarfile.CHRTYPE, 'fifo': tarfile.FIFOTYPE}.items():
    kind(f'{label}.tar', 'link')(
        lambda kind_of=kind_of: make_tar(('a.xml', DOCUMENT, {}), ('b.xml', b'', {'type': kind_of, 'linkname': 'a.xml'})))
for label, name in {'traversal': '../a.xml', 'absolute': '/a.xml', 'control': 'a\rb.xml'}.items():
    kind(f'{label}.tar', 'bad-name')(lambda name=name: make_tar((name, DOCUMENT, {})))


@kind('latin1.tar', 'bad-name')
def latin1_tar():
    return make_tar(('erklärung.xml', DOCUMENT, {}), form=tarfile.USTAR_FORMAT, encoding='latin-1')


@kind('duplicate.tar', 'duplicate-name')
def duplicate_tar():
    return make_tar(('a.xml', DOCUMENT, {}), ('a.xml', OTHER, {}))


@kind('after-end.tar', 'trailing-data')
def after_end():
    return TAR() + TAR()


@kind('junk-after-end.tar', 'trailing-data')
def junk_after_end():
    return TAR() + b'x'


@kind('no-end.tar', 'unreadable')
def no_end():
    return TAR()[:1024]


@kind('cut.tar', 'unreadable')
def cut_tar():
    return TAR()[:520]


@kind('size-lies.tar', 'unreadable')
def size_lies():
    made = bytearray(TAR())
    made[124:136] = b'00000700000\0'
    made[148:156] = b' ' * 8
    made[148:156] = b'%06o\0 ' % sum(made[:512])
    return bytes(made)


@kind('bomb-size.tar', 'too-large')
def bomb_size():
    made = bytearray(TAR())
    made[124:136] = b'77777777777\0'
    made[148:156] = b' ' * 8
    made[148:156] = b'%06o\0 ' % sum(made[:512])
    return bytes(made)


@kind('sparse.tar', 'unreadable')
def sparse():
    fields = {'pax_headers': {'GNU.sparse.major': '0', 'GNU.sparse.minor': '1', 'GNU.sparse.name': 'a.xml',
                              'GNU.sparse.size': '1000000', 'GNU.sparse.numblocks': '1',
                              'GNU.sparse.map': '999000,512'}}
    return make_tar(('a.xml', b'x' * 512, fields))


@kind('many.tar', 'too-many-entries')
def many_tar():
    return make_tar(*[(f'{i}.xml', b'', {}) for i in range(2001)])


# --- compressed streams -----------------------------------------------------------------------------------------

@kind('bomb.tar.gz', 'ratio')
def bomb_gz():
    return gzip.compress(make_tar(('a.xml', bytes(30000000), {})), mtime=0)


@kind('bomb.tar.xz', 'ratio')
def bomb_xz():
    return lzma.compress(make_tar(('a.xml', bytes(30000000), {})))


@kind('cut.tar.gz', 'unreadable')
def cut_gz():
    return gzip.compress(TAR(), mtime=0)[:-20]


@kind('wrong-crc.tar.gz', 'unreadable')
def wrong_crc_gz():
    made = bytearray(gzip.compress(TAR(), mtime=0))
    made[-8] ^= 1
    return bytes(made)


@kind('trailing.tar.gz', 'trailing-data')
def trailing_gz():
    return gzip.compress(TAR(), mtime=0) + b'junk'


@kind('not-a-tar.gz', 'unreadable')
def not_a_tar():
    return gzip.compress(DOCUMENT, mtime=0)


@kind('nested-filter.tar.gz', 'unreadable')
def nested_filter():
    return gzip.compress(gzip.compress(TAR(), mtime=0), mtime=0)


@kind('nested-filter.tar.xz', 'unreadable')
def nested_filter_xz():
    return lzma.compress(lzma.compress(TAR()))


@kind('members.tar.gz', '-')
def members_gz():
    return gzip.compress(TAR()[:700], mtime=0) + gzip.compress(TAR()[700:], mtime=0)


@kind('wrong-check.tar.xz', 'unreadable')
def wrong_check_xz():
    made = bytearray(lzma.compress(TAR(), check=lzma.CHECK_CRC32))
    index = (struct.unpack_from('<I', made, len(made) - 8)[0] + 1) * 4
    made[len(made) - 12 - index - 1] ^= 1
    return bytes(made)


@kind('cut.tar.xz', 'unreadable')
def cut_xz():
    return lzma.compress(TAR())[:-16]


@kind('trailing.tar.xz', 'trailing-data')
def trailing_xz():
    return lzma.compress(TAR()) + b'junk'


@kind('window.tar.xz', 'too-large')
def window_xz():
    return lzma.compress(TAR(), filters=[{'id': lzma.FILTER_LZMA2, 'dict_size': 1 << 27}])


@kind('window-second.tar.xz', 'too-large')
def window_second_xz():
    return lzma.compress(TAR()[:512]) + lzma.compress(TAR()[512:], filters=[{'id': lzma.FILTER_LZMA2, 'dict_size': 1 << 27}])


def zstd_frame(data, window_log=20):
    """A frame of raw blocks, whose window is a power of two."""
    frame = struct.pack('<IBB', 0xfd2fb528, 0, (window_log - 10) << 3)
    parts = [data[i:i + 65536] for i in range(0, len(data), 65536)]
    for i, part in enumerate(parts):
        frame += struct.pack('<I', len(part) << 3 | (i == len(parts) - 1))[:3] + part
    return frame


@kind('plain.tar.zst', '-')
def plain_zst():
    return zstd_frame(TAR())


@kind('frames.tar.zst', '-')
def frames_zst():
    return zstd_frame(TAR()[:512]) + struct.pack('<II', 0x184d2a50, 4) + b'skip' + zstd_frame(TAR()[512:])


@kind('window.tar.zst', 'too-large')
def window_zst():
    return zstd_frame(TAR(), window_log=27)


@kind('window-second.tar.zst', 'too-large')
def window_second_zst():
    return zstd_frame(TAR()[:512]) + zstd_frame(TAR()[512:], window_log=30)


@kind('cut.tar.zst', 'unreadable')
def cut_zst():
    return zstd_frame(TAR())[:-100]


@kind('trailing.tar.zst', 'trailing-data')
def trailing_zst():
    return zstd_frame(TAR()) + b'junk'


@kind('bomb.tar.zst', 'ratio')
def bomb_zst():
    """Blocks of one repeated byte: 30 MB out of a kilobyte."""
    data = TAR()
    frame = struct.pack('<IBB', 0xfd2fb528, 0, 10 << 3)
    frame += struct.pack('<I', len(data) << 3)[:3] + data
    return frame + (struct.pack('<I', 131072 << 3 | 2)[:3] + b'\0') * 240 + struct.pack('<I', 1)[:3]


# --- 7z, where its program is installed -------------------------------------------------------------------------

def make_7z(folder, *options):
    made = os.path.join(folder, 'made.7z')
    if os.path.exists(made):
        os.remove(made)
    source = os.path.join(folder, 'source')
    os.makedirs(source, exist_ok=True)
    for name, data in (('declaration.xml', DOCUMENT), ('报关单.xml', OTHER)):
        with open(os.path.join(source, name), 'wb') as out:
            out.write(data)
    subprocess.run(['7z', 'a', '-bd', '-y', *options, os.path.abspath(made), 'declaration.xml', '报关单.xml'],
                   cwd=source, check=True, stdout=subprocess.DEVNULL, env={**os.environ, 'LC_ALL': 'C.UTF-8'})
    with open(made, 'rb') as read:
        data = read.read()
    for path in (made, os.path.join(source, 'declaration.xml'), os.path.join(source, '报关单.xml')):
        os.remove(path)
    os.rmdir(source)
    return data


def kinds_of_7z(folder):
    try:
        sound = make_7z(folder)
    except FileNotFoundError:
        return
    yield 'plain.7z', '-', sound
    yield 'plain-header.7z', '-', make_7z(folder, '-mhc=off')
    yield 'lzma1.7z', '-', make_7z(folder, '-m0=lzma:d=20')
    yield 'stored.7z', '-', make_7z(folder, '-mx=0')
    yield 'encrypted.7z', 'encrypted', make_7z(folder, '-psecret')
    yield 'encrypted-header.7z', 'encrypted', make_7z(folder, '-psecret', '-mhe=on')
    yield 'cut.7z', 'unreadable', sound[:-10]
    yield 'cut-start.7z', 'unreadable', sound[:20]
    yield 'trailing.7z', 'trailing-data', sound + b'junk'
    broken = bytearray(sound)
    broken[40] ^= 0xff
    yield 'broken.7z', 'unreadable', bytes(broken)
    # The dictionary of LZMA2 is one byte of the header, which is kept plain to reach it.
    plain_header = bytearray(make_7z(folder, '-mhc=off', '-m0=lzma2'))
    at = plain_header.index(b'\x21\x21\x01') + 3
    plain_header[at] = 36
    head = plain_header[32 + struct.unpack_from('<Q', plain_header, 12)[0]:]
    struct.pack_into('<I', plain_header, 28, zlib.crc32(bytes(head)))
    struct.pack_into('<I', plain_header, 8, zlib.crc32(bytes(plain_header[12:32])))
    yield 'window.7z', 'too-large', bytes(plain_header)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    made = [(name, reason, function()) for name, reason, function in KINDS]
    made += list(kinds_of_7z(folder))
    with open(os.path.join(folder, 'manifest.tsv'), 'w', encoding='utf-8') as manifest:
        for name, reason, data in made:
            with open(os.path.join(folder, name), 'wb') as out:
                out.write(data)
            manifest.write(f'{name}\t{reason}\n')
    assert len({name for name, _, _ in made}) == len(made)


if __name__ == '__main__':
    main()
