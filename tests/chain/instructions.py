#!/usr/bin/env python3
"""The shipping instructions of released bundles: every member that DCSA eBL 3.0 requires, its form and length; where the
standard's own description is at hand (samples, python3-yaml, python3-jsonschema), that judges too."""
import json
import os
import re
import zipfile

from tap import BUNDLES, SAMPLES, done, ok, review, skip, work_folder

FOLDER = work_folder()
STANDARD = os.path.join(SAMPLES, 'trade', 'dcsa', 'EBL_v3.0.4.yaml')
REQUIRED = ['transportDocumentTypeCode', 'isShippedOnBoardType', 'freightPaymentTermCode', 'isElectronic', 'isToOrder',
            'partyContactDetails', 'documentParties', 'isCargoDeliveredInICS2Zone', 'consignmentItems',
            'utilizedTransportEquipments']


def party_faults(party, where):
    if not 0 < len(party.get('partyName', '')) <= 70:
        yield f'{where}: partyName'
    if not ('address' in party or party.get('addressLines')):
        yield f'{where}: neither address nor addressLines'
    for name in ('street', 'city', 'countryCode') if 'address' in party else ():
        if not party['address'].get(name):
            yield f'{where}: address without {name}'


def terms_faults(paper):
    yield from (f'{name} is missing' for name in REQUIRED if name not in paper)
    if paper['transportDocumentTypeCode'] not in ('BOL', 'SWB') or paper['freightPaymentTermCode'] not in ('PRE', 'COL'):
        yield 'a code of the standard'
    if paper['isToOrder'] != (paper['transportDocumentTypeCode'] == 'BOL'):
        yield 'only an order bill is a BOL here'
    if ('numberOfOriginalsWithoutCharges' in paper) != (paper['transportDocumentTypeCode'] == 'BOL'):
        yield 'originals: of a bill, not of a waybill'
    if 'endorsee' in paper['documentParties'] and not paper['isToOrder']:
        yield 'an endorsee on a straight paper'
    if not paper['isToOrder'] and 'consignee' not in paper['documentParties']:
        yield 'no consignee on a straight paper'


def goods_faults(paper):
    boxes = {box['equipmentReference'] for box in paper['utilizedTransportEquipments']}
    for item in paper['consignmentItems']:
        if not 0 < len(item['carrierBookingReference']) <= 35:
            yield 'carrierBookingReference'
        yield from (f'line "{line}"' for line in item['descriptionOfGoods'] + item['shippingMarks'] if not 0 < len(line) <= 35)
        yield from (f'HS code {code}' for code in item['HSCodes'] if not re.fullmatch(r'\d{6,10}', code))
        if not item['HSCodes'] or not item['descriptionOfGoods'] or {cargo['equipmentReference'] for cargo in item['cargoItems']} != boxes:
            yield 'codes, description, or cargo and containers apart'
        for cargo in item['cargoItems']:
            if not cargo['cargoGrossWeight']['value'] > 0 or not cargo['outerPackaging']['numberOfPackages'] > 0:
                yield 'weight and packages of a container'
    for box in paper['utilizedTransportEquipments']:
        if not box['seals'] or any(not 0 < len(seal['number']) <= 15 for seal in box['seals']):
            yield f'seals of {box["equipmentReference"]}'


def faults(paper):
    found = list(terms_faults(paper)) + list(goods_faults(paper))
    for name, party in paper['documentParties'].items():
        for one in party if isinstance(party, list) else [party]:
            found += party_faults(one, name)
    return found


def standard():
    try:
        import jsonschema
        import yaml
        with open(STANDARD, encoding='utf-8') as file:
            whole = yaml.safe_load(file)
    except (ImportError, OSError):
        return None
    schema = {'components': whole['components'], **whole['components']['schemas']['CreateShippingInstructions']}
    return jsonschema.Draft7Validator(schema)


def main():
    out = os.path.join(FOLDER, 'out')
    review(out, BUNDLES)
    judge = standard()
    papers = 0
    for name in sorted(os.listdir(out)):
        if not name.endswith('.asice'):
            continue
        with zipfile.ZipFile(os.path.join(out, name)) as bundle:
            if 'clearance/shipping-instructions.json' not in bundle.namelist():
                continue
            paper = json.loads(bundle.read('clearance/shipping-instructions.json'))
        papers += 1
        wrong = faults(paper)
        ok(not wrong, f'{name}: what the standard requires', '\n'.join(wrong))
        if judge:
            wrong = [error.message[:200] for error in judge.iter_errors(paper)]
            ok(not wrong, f'{name}: valid by the standard', '\n'.join(wrong))
        else:
            skip(f'{name}: valid by the standard', 'its description or a validator is not here')
    ok(papers >= 5, 'released bundles by sea have instructions', papers)
    done()


main()
