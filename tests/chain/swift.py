#!/usr/bin/env python3
"""Documentary credits as SWIFT text beside a declaration: messages become one credit; hostile text is a finding."""
import os
import re
import zipfile

from tap import BUNDLES, ROOT, RUN, done, ok, read, run, same, work_folder

CREDIT = os.path.join(ROOT, 'schemas/dialects/swift-mt/tests')
HEADER = b'{1:F01FEBKSGSGAXXX0000000000}{2:I700ESXBGB2LXXXXN}{4:'
FIELDS = b'\n:27:1/1\n:40A:IRREVOCABLE\n:20:LC-1\n'


def bundle(folder, name, files):
    """The ordinary consignment with further files."""
    path = os.path.join(folder, name + '.zip')
    with zipfile.ZipFile(os.path.join(BUNDLES, 'ordinary-sea.zip')) as source, zipfile.ZipFile(path, 'w') as made:
        for entry in source.infolist():
            made.writestr(entry.filename, source.read(entry))
        for file, data in files.items():
            made.writestr(file, data)
    return path


def messages(text):
    """Each message of a file as bytes, as banks file them: one a file."""
    return [b'{1:' + part for part in text.split(b'{1:')[1:]]


def joined(folder):
    opening, continued, amended = messages(read(CREDIT, 'usance.txt'))
    for name, files in (('one file', {'credit.txt': opening + continued + amended}),
                        ('three files', {'a.txt': amended, 'b.txt': opening, 'c.dat': continued}),
                        ('UTF-16', {'credit.txt': opening.decode().encode('utf-16'), 'b.txt': continued + amended})):
        code, text, errors = run('normalise', bundle(folder, name.replace(' ', '-'), files), *RUN)
        credits = re.findall(r'<settlement .*?</settlement>', text, re.S)
        credits = [credit for credit in credits if 'LC24SG00915' in credit]
        if not ok(len(credits) == 1, f'{name}: one credit', f'{len(credits)}\n{errors}'):
            continue
        same(len(re.findall('<document ', credits[0])), 4, f'{name}: all documents that are asked for')
        ok(re.search(r'<goods src="d\d+:39 d\d+:\d+">38400 SPANNERS .*2024-07 CFR SINGAPORE', credits[0]),
           f'{name}: goods of both messages, with both places', credits[0])
        ok(re.search(r'<amendment .*<number [^>]*>1</number>.*44C 241130', credits[0], re.S),
           f'{name}: the amendment is listed')
        ok('<expiry src' in credits[0] and '2024-12-10' in credits[0], f'{name}: and changes nothing')
        same(len(re.findall('<dialect>swift-mt</dialect>', text)), 3, f'{name}: three documents in the index')
        same(re.findall('<type [^>]*>([^<]*)<', credits[0]),
             ['invoice', 'billOfLading', 'certificateOfOrigin', 'packingList'], f'{name}: what is asked for')


ASKED = (
    ('FULL SET (3/3) CLEAN ON BOARD OCEAN BILLS OF LADING MADE OUT\nTO ORDER OF FIRST EASTERN BANK, SINGAPORE MARKED'
     ' FREIGHT PREPAID\nNOTIFY APPLICANT AND US', 'billOfLading'),
    ('INSURANCE POLICY OR CERTIFICATE FOR 110 PCT OF INVOICE VALUE', 'insurance'),
    ('CERTIFICATE OF ORIGIN, QUOTING THE INVOICE', 'certificateOfOrigin'),
    ('AIRWAYBILLING STATEMENT', 'other'),
)


def texts(folder):
    """What a credit's texts say without a field for it."""
    asked = '\n+'.join(text for text, _ in ASKED)
    text = HEADER + FIELDS + (':45A:1 LATHE, CIFTEC MODEL, cip SINGAPORE OR CFR\n:46A:+' + asked + '\n-}').encode()
    code, found, errors = run('normalise', bundle(folder, 'texts', {'credit.txt': text}), *RUN)
    credit = [group for group in re.findall(r'<settlement .*?</settlement>', found, re.S) if 'LC-1<' in group]
    if ok(len(credit) == 1, 'texts: one credit', errors):
        same(re.findall('<type [^>]*>([^<]*)<', credit[0]), [kind for _, kind in ASKED], 'texts: what is asked for')
        derived = dict(re.findall('<(originals|consigneeText|notifyText|freight|insurancePercent|incoterm|transfer) [^>]*>([^<]*)<',
                                  credit[0]))
        same(derived, {'originals': '3', 'consigneeText': 'TO ORDER OF FIRST EASTERN BANK', 'notifyText': 'APPLICANT',
                       'freight': 'prepaid', 'insurancePercent': '110', 'incoterm': 'CIP'}, 'texts: what they say')


def hostile(folder):
    lines = HEADER + FIELDS
    cases = {
        'megabytes': (lines + b':45A:' + b'X' * (8 << 20) + b'\n-}', 'X-001'),
        'no line feed': (HEADER + b':20:LC-1:32B:USD1,-}' + b'Y' * 60000, 'X-001'),
        'cut off': (lines, 'X-001'),
        'open braces': (b'{1:F01' + b'{' * 60000, None),
        'binary': (lines + b':45A:\0\xff\xfe\n-}', 'X-001'),
        'not of its encoding': (lines + b':50:M\xfcller\n-}', 'X-001'),
        'too many fields': (lines + b':47A:+A\n' * 2000 + b'-}', 'X-001'),
        'unknown fields': (lines + b':99Z:A\n:00:B\n-}', 'X-005'),
        'wrong values': (lines + b':31C:249999\n:32B:USD1.00\n-}', 'X-004'),
        'markup': (lines + b':45A:<script>&amp;]]>\n-}', None),
        'another message': (HEADER.replace(b'I700', b'I103') + FIELDS + b'-}', None),
        'only a tag': (b':20:', None),
        'many messages': ((lines + b'-}\n') * 200, 'X-005'),
    }
    for name, (data, finding) in cases.items():
        code, text, errors = run('normalise', bundle(folder, name.replace(' ', '-'), {'credit.txt': data}), *RUN)
        found = re.findall(r'credit\.txt:\d+:\d+: (X-\d+)', errors)
        ok(code in (0, 1), f'{name}: an answer', f'{code}\n{errors[:2000]}')
        ok(finding in found if finding else not found, f'{name}: {finding or "no finding"}', errors[:2000])


def main():
    folder = work_folder()
    joined(folder)
    texts(folder)
    hostile(folder)
    done()


main()
