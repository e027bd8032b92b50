#!/usr/bin/env python3
"""The seal: verified by xmlsec1 and openssl without our program, the same bytes again by RSA, keys and certificates that
are refused, and every way to change a sealed bundle."""
import glob
import hashlib
import os
import re
import shutil
import subprocess
import zipfile

from tap import BUNDLES, RUN, done, ok, output_files, read, run, same, work_folder, write

FOLDER = work_folder()
WHEN = '2026-03-01T00:00:00Z'
BUNDLE = os.path.join(BUNDLES, 'ordinary-sea.zip')
CONFIG = """[ca]
default_ca = here
[here]
dir = {folder}
database = {folder}/index.txt
crlnumber = {folder}/number
certificate = {folder}/ca.pem
private_key = {folder}/ca.key
default_md = sha256
default_crl_days = 30000
policy = any
new_certs_dir = {folder}
serial = {folder}/serial
[any]
commonName = supplied
[seal]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign,digitalSignature
"""


def at(*parts):
    return os.path.join(FOLDER, *parts)


def openssl(*words):
    done_well = subprocess.run(['openssl', *words], capture_output=True, text=True, check=False)
    return ok(done_well.returncode == 0, f'openssl {words[0]}', done_well.stderr) and done_well.stdout


def sealed(out, key, *options, bundle=BUNDLE):
    return run('review', bundle, '--out', at(out), '--key', key, '--quiet', *options, *RUN)


# ---- keys ----

def authority():
    """A small authority of 2020 to 2040: a seal, a revoked seal, a server's certificate, and lists of the revoked."""
    folder = at('ca')
    os.makedirs(folder)
    write(os.path.join(folder, 'config'), CONFIG.format(folder=folder))
    write(os.path.join(folder, 'index.txt'), '')
    write(os.path.join(folder, 'number'), '01\n')
    write(os.path.join(folder, 'serial'), '1000\n')
    span = ['-startdate', '20200101000000Z', '-enddate', '20400101000000Z']
    config = ['-config', os.path.join(folder, 'config'), '-batch', '-notext', *span]
    openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('ca', 'ca.key'),
            '-out', at('ca', 'ca.csr'), '-subj', '/CN=Test authority')
    openssl('ca', *config, '-selfsign', '-keyfile', at('ca', 'ca.key'), '-in', at('ca', 'ca.csr'), '-out', at('ca', 'ca.pem'),
            '-extensions', 'authority')
    for name, use, key in (('office', 'seal', 'rsa:2048'), ('gone', 'seal', 'rsa:2048'), ('server', 'server', 'rsa:2048'),
                           ('short', 'seal', 'rsa:1024'), ('second', 'authority', 'rsa:2048')):
        openssl('req', '-new', '-newkey', key, '-nodes', '-keyout', at(f'{name}.key'), '-out', at('ca', f'{name}.csr'),
                '-subj', f'/CN=Customs {name}')
        openssl('ca', *config, '-in', at('ca', f'{name}.csr'), '-out', at(f'{name}.pem'), '-extensions', use)
    openssl('ca', '-config', at('ca', 'config'), '-gencrl', '-out', at('before.crl'))
    openssl('ca', '-config', at('ca', 'config'), '-revoke', at('gone.pem'))
    openssl('ca', '-config', at('ca', 'config'), '-gencrl', '-out', at('list.crl'))


def refused(name, words, *options, now=None):
    clock = ['--now', now] if now else []
    code, _, errors = run('review', BUNDLE, '--out', at('never'), '--quiet', *options, *RUN, *clock)
    same(code, 3, f'{name}: refused before the start')
    ok(words in errors, f'{name}: says "{words}"', errors)
    ok(not glob.glob(at('never', '*.asice')), f'{name}: nothing is written')


def keys():
    for kind in ('rsa', 'ec'):
        code, text, errors = run('keygen', '--type', kind, '--out', at(kind), '--now', WHEN)
        ok(code == 0 and f'{kind}/key.pem' in text, f'keygen {kind}', errors)
        same(oct(os.stat(at(kind, 'key.pem')).st_mode & 0o777), '0o600', f'{kind}: the key is for its owner alone')
    same(run('keygen', '--out', at('rsa'))[0], 3, 'keygen writes over nothing')
    pair = ['--key', at('rsa', 'key.pem'), '--cert', at('rsa', 'certificate.pem')]
    refused('not yet valid', 'not valid before', *pair, now='2026-01-01T00:00:00Z')
    refused('expired', 'expired on', *pair, now='2029-01-01T00:00:00Z')
    refused('another key', 'not that of the certificate', '--key', at('office.key'), '--cert', at('rsa', 'certificate.pem'))
    refused('a server', 'another purpose', '--key', at('server.key'), '--cert', at('server.pem'))
    refused('an authority', "an authority's", '--key', at('second.key'), '--cert', at('second.pem'))
    refused('a short key', '2048', '--key', at('short.key'), '--cert', at('short.pem'))
    refused('revoked', 'revoked on', '--key', at('gone.key'), '--cert', at('gone.pem'), '--crl', at('list.crl'))
    refused('a list of another', "another issuer's", *pair, '--crl', at('list.crl'))
    refused('no list', 'no list of revoked', '--key', at('gone.key'), '--cert', at('gone.pem'), '--crl', at('gone.pem'))
    refused('no key', 'no private key', '--key', at('gone.pem'), '--cert', at('gone.pem'))
    refused('no certificate', 'the certificate is missing', '--key', at('gone.key'))
    refused('no file', 'No such file', '--key', at('nothing.pem'))
    same(sealed('crl', at('office.key'), '--cert', at('office.pem'), '--crl', at('list.crl'))[0], 0, 'one that is not on the list')


def passphrases():
    write(at('pass'), 'correct horse\n')
    write(at('wrong'), 'battery staple\n')
    openssl('pkcs8', '-topk8', '-in', at('office.key'), '-out', at('locked.key'), '-passout', f'file:{at("pass")}')
    openssl('pkcs12', '-export', '-inkey', at('office.key'), '-in', at('office.pem'), '-certfile', at('ca', 'ca.pem'), '-out',
            at('office.p12'), '-passout', f'file:{at("pass")}')
    for key, more in (('locked.key', ['--cert', at('office.pem')]), ('office.p12', [])):
        refused(f'{key} without its passphrase', '--pass-file', '--key', at(key), *more)
        refused(f'{key} with another', 'does not open it', '--key', at(key), '--pass-file', at('wrong'), *more)
        code, _, errors = sealed(f'of-{key}', at(key), '--pass-file', at('pass'), *more)
        same(code, 0, f'{key} with its passphrase')
        same(errors, '', f'{key}: and not a word of it')
    ok(read(at('of-locked.key', 'ordinary-sea.asice')) != b'', 'sealed')


# ---- what others say of it ----

def others(kind):
    out, folder = f'by-{kind}', at(f'x-{kind}')
    code, _, errors = sealed(out, at(kind, 'key.pem'), '--cert', at(kind, 'certificate.pem'), bundle=BUNDLES)
    same(code, 2, f'{kind}: the fixtures, sealed')
    with zipfile.ZipFile(at(out, 'ordinary-sea.asice')) as bundle:
        bundle.extractall(folder)
        names = bundle.namelist()
    found = subprocess.run(['xmlsec1', '--verify', '--trusted-pem', at(kind, 'certificate.pem'), '--verification-time',
                            '2026-03-09 08:00:00', '--id-attr:Id', 'SignedProperties', 'META-INF/signatures001.xml'],
                           cwd=folder, capture_output=True, text=True, check=False)
    ok(found.returncode == 0, f'{kind}: xmlsec1 verifies the signature and every file', found.stdout + found.stderr)
    signature = read(folder, 'META-INF', 'signatures001.xml').decode()
    covered = re.findall(r'<ds:Reference Id="f\d+" URI="([^"]+)"', signature)
    same(len(covered), len([name for name in names if name != 'mimetype' and not name.startswith('META-INF/')]),
         f'{kind}: one reference per file')
    manifest = read(folder, 'META-INF', 'manifest.xml').decode()
    ok(all(f'full-path="{name}"' in manifest for name in names if name.isascii() and '&' not in name and name != 'mimetype'
           and not name.startswith('META-INF/')), f'{kind}: and each in the manifest')
    for name in names:
        if name.startswith('clearance/') and name.endswith('.xml'):
            digest = subprocess.run(['openssl', 'dgst', '-sha256', '-r', name], cwd=folder, capture_output=True, text=True,
                                    check=True).stdout.split()[0]
            ok(digest in read(folder, 'clearance', 'digests.txt').decode(), f'{kind}: openssl reckons the digest of {name}')
    return out


def again():
    code, _, errors = sealed('again', at('rsa', 'key.pem'), '--cert', at('rsa', 'certificate.pem'), '-j', '2', bundle=BUNDLES)
    same(code, 2, f'once more {errors}')
    ok(output_files(at('again')) == output_files(at('by-rsa')), 'RSA: two runs give the same bytes, zip included')


# ---- tampering ----

def rebuilt(name, change):
    with zipfile.ZipFile(at('by-rsa', 'ordinary-sea.asice')) as bundle:
        entries = [(entry.filename, bundle.read(entry)) for entry in bundle.infolist()]
    path = at(f'{name}.asice')
    with zipfile.ZipFile(path, 'w') as bundle:
        for entry, data in change(entries):
            bundle.writestr(zipfile.ZipInfo(entry, (2026, 3, 6, 12, 0, 0)), data)
    return path


def only(path, change):
    return lambda entries: [(name, change(data) if name == path else data) for name, data in entries]


def with_digests(entries):
    """digests.txt made to fit again, as somebody would who knows of it."""
    lines = [f'{hashlib.sha256(data).hexdigest()}  {name}\n' for name, data in entries
             if name not in ('mimetype', 'clearance/digests.txt') and not name.startswith('META-INF/')]
    return [(name, ''.join(sorted(lines, key=lambda line: line[66:])).encode() if name == 'clearance/digests.txt' else data)
            for name, data in entries]


def wrapped(data):
    """The signed properties moved aside, others in their place: the classic wrapping."""
    inner = re.search(rb'<xades:SignedProperties.*</xades:SignedProperties>', data, re.S).group(0)
    other = inner.replace(b'2026-03-09T08:00:00Z', b'2027-03-09T08:00:00Z').replace(b'Id="properties"', b'Id="others"')
    return data.replace(inner, other + b'<ds:Object>' + inner + b'</ds:Object>')


SIGNATURE, MANIFEST = 'META-INF/signatures001.xml', 'META-INF/manifest.xml'
CHANGES = [
    ('a byte of a file', lambda e: with_digests(only('original/invoice.xml', lambda d: d.replace(b'Shanghai', b'Shanghay', 1))(e)), 'differs: original/invoice.xml'),
    ('a file removed', lambda e: with_digests([x for x in e if x[0] != 'original/invoice.xml']), 'missing: original/invoice.xml'),
    ('a file added', lambda e: with_digests(e + [('original/more.xml', b'<a/>')]), 'added: original/more.xml'),
    ('the digests alone', only('clearance/digests.txt', lambda d: d + b'0' * 64 + b'  x\n'), 'digests.txt'),
    ('a second signature', lambda e: e + [('META-INF/signatures002.xml', dict(e)[SIGNATURE])], 'another signature'),
    ('a swapped manifest', only(MANIFEST, lambda d: d.replace(b'original/invoice.xml', b'original/other.xml')), 'manifest'),
    ('a manifest removed', lambda e: [x for x in e if x[0] != MANIFEST], 'manifest'),
    ('the signature removed', lambda e: [x for x in e if x[0] != SIGNATURE], 'signatures001.xml is missing'),
    ('a later time', only(SIGNATURE, lambda d: d.replace(b'<xades:SigningTime>2026', b'<xades:SigningTime>2025')), 'the seal is broken'),
    ('a wrapped signature', only(SIGNATURE, wrapped), 'not a seal in the form'),
    ('a comment', only(SIGNATURE, lambda d: d.replace(b'</ds:Signature>', b'<!-- --></ds:Signature>')), 'not a seal in the form'),
    ('another value', only(SIGNATURE, lambda d: re.sub(rb'(<ds:SignatureValue>)....', rb'\1AAAA', d)), 'not that of the certificate'),
    ('no signature at all', only(SIGNATURE, lambda d: b''), 'not a seal in the form'),
]


def tampering():
    trust = ['--cert', at('rsa', 'certificate.pem')]
    for name, change, word in CHANGES:
        path = rebuilt(name.replace(' ', '-'), change)
        code, text, _ = run('verify', path, *trust)
        same(code, 1, f'{name}: verify says so')
        ok(word in text, f'{name}: and what', text)
        code, text, errors = run('review', path, '--out', at('back', name.replace(' ', '-')), '--quiet', '--format', 'jsonl', *RUN, '--no-seal')
        ok(code == 2 and '"reason":"seal-broken"' in text, f'{name}: quarantined when it comes back', text + errors)
    stripped = rebuilt('stripped', lambda e: [x for x in e if not x[0].startswith('META-INF/')])
    same(run('verify', stripped, *trust)[0], 1, 'a seal that is gone: --cert asks for it')
    code, text, _ = run('verify', stripped)
    ok('not sealed' in text, 'a seal that is gone: told', text)


def verified():
    bundle = at('by-rsa', 'ordinary-sea.asice')
    code, text, _ = run('verify', bundle, '--cert', at('rsa', 'certificate.pem'))
    ok(code == 0 and 'sealed by CN=' in text and '2026-03-09T08:00:00Z' in text and 'release stamp REL-HH-2026-20417' in text,
       'verify: who, when, and what was stamped', text)
    same(run('verify', bundle, '--cert', at('ec', 'certificate.pem'))[0], 1, 'verify: another certificate is not trusted')
    code, text, _ = run('verify', at('crl', 'ordinary-sea.asice'), '--cert', at('ca', 'ca.pem'), '--crl', at('list.crl'))
    same(code, 0, f'verify: an issuer that is trusted {text}')
    sealed('gone', at('gone.key'), '--cert', at('gone.pem'), '--crl', at('before.crl'))
    code, text, _ = run('verify', at('gone', 'ordinary-sea.asice'), '--crl', at('list.crl'))
    ok(code == 1 and 'revoked' in text, 'verify: revoked since', text)
    same(run('verify', '-q', bundle)[1], '', 'verify -q: nothing to say')
    code, text, errors = run('review', bundle, '--out', at('anew'), '--quiet', '--format', 'jsonl', *RUN, '--no-seal')
    ok(code == 0 and '"outcome":"release-close"' in text, 'a sealed bundle is reviewed again', text + errors)


def main():
    for program in ('xmlsec1', 'openssl'):
        ok(shutil.which(program), f'{program} is here')
    authority()
    keys()
    passphrases()
    for kind in ('rsa', 'ec'):
        others(kind)
    again()
    verified()
    tampering()
    done()


main()
