#!/usr/bin/env python3
"""A sanitary certificate in the namespaces of other versions, and inside SOAP: the same facts."""
import os
import re

from tap import ROOT, RUN, done, ok, read, run, same_text, work_folder, write

SOURCE = os.path.join(ROOT, 'schemas/dialects/sps/tests/re-export-rich.xml')
FOLDER = work_folder()


def certificate(name, text):
    """The facts, without the lines that they stand in."""
    path = os.path.join(FOLDER, name)
    write(path, text)
    code, out, errors = run('normalise', path, *RUN)
    found = re.search(r'<certificate .*</certificate>', out, re.S)
    ok(found and '<dialect>sps</dialect>' in out, f'{name}: is a certificate', f'{code}\n{out}\n{errors}')
    return re.sub(r' src="[^"]*"', '', found.group(0)) if found else ''


def main():
    text = read(SOURCE).decode()
    plain = certificate('plain.xml', text)
    for version, library in ((5, 8), (8, 12), (16, 20), (25, 29)):
        other = text.replace('SPSCertificate:17', f'SPSCertificate:{version}').replace('Entity:21', f'Entity:{library}')
        other = other.replace('DataType:21', f'DataType:{library}')
        same_text(certificate(f'version-{version}.xml', other), plain, f'version {version} reads as version 17')
    body = text[text.index('<rsm:SPSCertificate'):]
    for number, soap in ((11, 'http://schemas.xmlsoap.org/soap/envelope/'), (12, 'http://www.w3.org/2003/05/soap-envelope')):
        wrapped = f'<s:Envelope xmlns:s="{soap}"><s:Header/><s:Body>{body}</s:Body></s:Envelope>'
        same_text(certificate(f'soap-{number}.xml', wrapped), plain, f'inside SOAP {number / 10} it reads the same')
    done()


main()
