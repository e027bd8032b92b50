#!/usr/bin/env python3
"""--schemas DIR: official XSDs judge in place of our profiles, each where it declares the root; ours judge the rest.

DIR is laid out as README.md says: a folder per dialect with the official files as they are published, and one small
schema NAME.xsd that names those to be used.
"""
import glob
import os
import re
import shutil

from tap import ROOT, RUN, SAMPLES, done, ok, read, run, same, skip, work_folder, write

UBL = 'urn:oasis:names:specification:ubl:schema:xsd:'
WCO = 'urn:wco:datamodel:WCO:'
TRADE = os.path.join(SAMPLES, 'trade')
DEC = os.path.join(SAMPLES, 'wco-dec')
NCTS = os.path.join(SAMPLES, 'eu-aes', 'ncts')
XI = os.path.join(SAMPLES, 'eu-aes', 'aes-xi')


def imports(pairs):
    """A schema that imports files of several namespaces."""
    rows = ''.join(f'  <xs:import namespace="{space}" schemaLocation="{path}"/>\n' for space, path in pairs)
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:example:all">\n{rows}</xs:schema>\n'


def includes(space, paths):
    """A schema that includes files of one namespace."""
    rows = ''.join(f'  <xs:include schemaLocation="{path}"/>\n' for path in paths)
    return (f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{space}" '
            f'elementFormDefault="qualified">\n{rows}</xs:schema>\n')


def lay_out(folder, dialect, source, schema):
    shutil.copytree(source, os.path.join(folder, dialect))
    write(os.path.join(folder, dialect, dialect + '.xsd'), schema)


def root_of(path):
    return re.search(rb'<(?:\w+:)?([A-Z]\w*)[\s>]', re.sub(rb'<!--.*?-->', b'', read(path), flags=re.S)).group(1).decode()


def verdict(path, *options):
    """valid as the dossier says it ("true", "false", None), and the findings of the schema as text."""
    code, text, errors = run('normalise', path, *RUN, *options)
    found = re.search('<valid>(true|false)</valid>', text)
    return found and found.group(1), '\n'.join(row for row in errors.splitlines() if 'X-002' in row) or errors


def expect(path, wanted, *options):
    name = os.path.relpath(path, ROOT if path.startswith(ROOT) else SAMPLES)
    found, why = verdict(path, *options)
    ok(found == wanted, f'{name}: valid {wanted}', f'{found}\n{why}')


def check_ubl(folder):
    main = os.path.join(TRADE, 'xsd', 'ubl-2.4', 'maindoc')
    names = sorted(re.findall(r'UBL-(\w+)-2\.4\.xsd', ' '.join(os.listdir(main))))
    lay_out(folder, 'ubl', os.path.join(TRADE, 'xsd', 'ubl-2.4'),
            imports((f'{UBL}{name}-2', f'maindoc/UBL-{name}-2.4.xsd') for name in names))
    samples = sorted(glob.glob(os.path.join(TRADE, 'ubl', '*.xml')))
    own = sorted(path for path in glob.glob(os.path.join(ROOT, 'schemas/dialects/ubl/tests/*.xml'))
                 if not path.endswith('.facts.xml') and root_of(path) in names)
    ok(len(samples) == 17 and len(own) > 20, f'{len(samples)} samples and {len(own)} documents of ours in UBL')
    for path in samples + own:
        expect(path, 'true', '--schemas', folder)
    # What our profile leaves open, the official schema judges.
    text = read(TRADE, 'ubl', 'UBL-Invoice-2.1-Example.xml').decode()
    bent = os.path.join(folder, 'bent.xml')
    write(bent, text.replace('<cbc:CompletionIndicator>', '').replace('<cbc:TaxPointDate>', '<cbc:TaxPointDate>the day after '))
    expect(bent, 'true')
    expect(bent, 'false', '--schemas', folder)


def check_wco(folder):
    lay_out(folder, 'wco-dec', os.path.join(DEC, 'xsd'), imports([
        (WCO + 'DocumentMetaData-DMS:2', 'customs-declarations-2.0/wco/declaration/DocumentMetaData_2_DMS.xsd'),
        (WCO + 'DEC-DMS:2', 'customs-declarations-2.0/wco/declaration/WCO_DEC_2_DMS.xsd'),
        (WCO + 'RES-DMS:2', 'customs-declarations-2.0/wco/notification/WCO_RES_2_DMS.xsd')]))
    sick = ('TT_EX002a.xml', 'TT_EX013b.xml')      # not well-formed; in an envelope that needs no MetaData of its own
    paths = [path for path in sorted(glob.glob(os.path.join(DEC, 'declarations', 'export', '*.xml')))
             if os.path.basename(path) not in sick]
    ok(len(paths) >= 12, f'{len(paths)} export declarations of HMRC')
    for path in paths + sorted(glob.glob(os.path.join(DEC, 'notifications', 'TT_EX039a', '?. *.xml'))):
        expect(path, 'true', '--schemas', folder)
    text = read(paths[0]).decode()
    bent = os.path.join(folder, 'bent-declaration.xml')
    write(bent, re.sub('<(\\w*:?)GoodsItemQuantity>[^<]*', '<\\1GoodsItemQuantity>many', text, count=1))
    expect(bent, 'false', '--schemas', folder)


def check_transit_and_exit(folder):
    mains = sorted(name for name in os.listdir(os.path.join(NCTS, 'xsd')) if name.startswith('cc'))
    lay_out(folder, 'eu-ncts', os.path.join(NCTS, 'xsd'), includes('http://ncts.dgtaxud.ec', mains))
    expect(os.path.join(NCTS, 'cc015c-valid.xml'), 'true', '--schemas', folder)
    expect(os.path.join(NCTS, 'cc015c-invalid.xml'), 'false', '--schemas', folder)
    expect(os.path.join(NCTS, 'cc029c-valid.xml'), 'false', '--schemas', folder)
    lay_out(folder, 'eu-aes', os.path.join(XI, 'xsd'), includes('http://ecs.dgtaxud.ec', ['EISSchema.xsd']))
    expect(os.path.join(XI, 'eisIE507RequestValid.xml'), 'true', '--schemas', folder)
    expect(os.path.join(XI, 'eisIE507RequestInvalidBadPatterns.xml'), 'false', '--schemas', folder)
    # That set has the arrival at exit alone: our profile judges the others.
    expect(os.path.join(ROOT, 'schemas/dialects/eu-aes/tests/machinery.xml'), 'true', '--schemas', folder)
    bent = os.path.join(folder, 'bent-aes.xml')
    write(bent, read(ROOT, 'schemas/dialects/eu-aes/tests/machinery.xml').decode().replace('<security>2', '<security>two'))
    same(verdict(bent, '--schemas', folder)[0], verdict(bent)[0], 'a root that the official set lacks is judged by ours')


def main():
    folder = work_folder()
    code, text, errors = run('normalise', os.path.join(ROOT, 'schemas/dialects/ubl/tests/invoice.xml'), *RUN, '--schemas', folder)
    ok(code == 3 and 'holds no DIALECT/DIALECT.xsd' in errors, 'a folder without any schema of a dialect is refused', errors)
    if not os.path.isdir(SAMPLES):
        skip('official schemas of UBL, HMRC, NCTS and AES', 'the folder of samples is not here')
        done()
    check_ubl(folder)
    check_wco(folder)
    check_transit_and_exit(folder)
    done()


main()
