#!/usr/bin/env python3
"""The settlement set of one shipment under each method of payment: schemas, sums in words, dates, discrepancies.

The fixture ordinary-sea under other terms: its settlement record is rewritten for each case. What the set says is
compared with what this file reckons by itself.
"""
import datetime
import os
import re
import xml.etree.ElementTree as ET
import zipfile

from tap import BUNDLES, ROOT, done, ok, read, review, same, work_folder, write, xmllint

NS = '{urn:tidewaiter:clearance:1}'
SCHEMA = os.path.join(ROOT, 'schemas', 'records', 'records.xsd')
SET = 'clearance/settlement/'
WORK = work_folder()

# ---- bundles: the fixture with a changed document -------------------------------------------------------

FIXTURE = {}
with zipfile.ZipFile(os.path.join(BUNDLES, 'ordinary-sea.zip')) as fixture:
    for name in fixture.namelist():
        FIXTURE[name] = fixture.read(name).decode()


def replaced(text, *changes):
    """Each change is a pair of patterns; one that matches nothing is a mistake of this test."""
    for pattern, by in changes:
        text, count = re.subn(pattern, by, text, count=1, flags=re.S)
        assert count, pattern
    return text


def settle(name, changes=(), documents=None, without=()):
    """Reviews the fixture with a changed settlement record (and other documents): the files of the set by name."""
    files = {**FIXTURE, **(documents or {})}
    files['settlement.xml'] = replaced(files['settlement.xml'], *changes)
    folder = os.path.join(WORK, name)
    for path, text in files.items():
        if path not in without:
            write(os.path.join(folder, path), text)
    out = os.path.join(WORK, 'out-' + name)
    review(out, folder, '--quiet', '--lang', 'en,zh')
    with zipfile.ZipFile(os.path.join(out, name + '.asice')) as packed:
        found = {path[len(SET):]: packed.read(path) for path in packed.namelist() if path.startswith(SET)}
    for path, data in found.items():
        if path.endswith('.xml'):
            write(os.path.join(out, path), data)
            same(xmllint(SCHEMA, os.path.join(out, path)), '', f'{name}: {path} is valid')
    return found


def tree(found, name):
    return ET.fromstring(found[name]) if name in found else None


def text(root, path):
    at = root.find('/'.join(NS + step for step in path.split('/')))
    return None if at is None else at.text


def every(root, path):
    return root.findall('/'.join(NS + step for step in path.split('/')))


# ---- what this file reckons by itself ---------------------------------------------------------------------

ONES = ('ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN FIFTEEN SIXTEEN SEVENTEEN '
        'EIGHTEEN NINETEEN').split()
TENS = '- - TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY'.split()


def cardinal(n):
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + ('-' + ONES[n % 10] if n % 10 else '')
    for size, word in ((10 ** 9, 'BILLION'), (10 ** 6, 'MILLION'), (1000, 'THOUSAND'), (100, 'HUNDRED')):
        if n >= size:
            return f'{cardinal(n // size)} {word}' + (' ' + cardinal(n % size) if n % size else '')


def in_words(amount):
    whole, cents = amount.split('.')
    return f'US DOLLARS {cardinal(int(whole))}' + (f' AND CENTS {cardinal(int(cents))}' if int(cents) else '') + ' ONLY'


def days_after(day, days):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()


def bank_day(day):
    """The next day on which banks work; the register's holidays for GERMANY and CN are none."""
    at = datetime.date.fromisoformat(day)
    while at.isoweekday() > 5:
        at += datetime.timedelta(1)
    return at.isoformat()


def printed(day):
    return datetime.date.fromisoformat(day).strftime('%d %b %Y').upper()


SHIPPED = '2026-03-05'
INVOICED = '2026-02-25'
DRAWN = '25720.00'


def method(name, days='0', start='sight'):
    return [('<method>.*?</method>', f'<method>{name}</method>'), ('<days>.*?</days>', f'<days>{days}</days>'),
            ('<from>.*?</from>', f'<from>{start}</from>')]


WITHOUT_CREDIT = [('<credit>.*</credit>', ''), ('(?:<document>.*</document>)', '')]

# ---- the bill of exchange ---------------------------------------------------------------------------------


def check_bill(name, found, tenor, maturity, clause, drawee, amount=DRAWN):
    bill = tree(found, 'bill-of-exchange.xml')
    if not ok(bill is not None, f'{name}: a bill of exchange is drafted', sorted(found)):
        return
    same(text(bill, 'number'), 'MM-26-1180', f'{name}: its number is the invoice')
    same(text(bill, 'place'), 'HAMBURG', f'{name}: drawn at the exporter\'s place')
    same((text(bill, 'amount'), text(bill, 'figures')), (amount, f'USD {float(amount):,.2f}'), f'{name}: the sum')
    same(text(bill, 'words'), in_words(amount), f'{name}: the sum in words')
    same(text(bill, 'tenor'), tenor, f'{name}: the tenor')
    same(text(bill, 'maturity'), maturity, f'{name}: matures')
    same([re.search('this (\\w+) BILL', order.text)[1] for order in every(bill, 'order')], ['FIRST', 'SECOND'], f'{name}: a set of two')
    same(every(bill, 'clause')[1].text, clause, f'{name}: drawn under')
    same(text(bill, 'drawee/name'), drawee, f'{name}: the drawee')
    ok(bill.find(NS + 'signature').get('open') and bill.find(NS + 'date').get('open'), f'{name}: date and signature are the drawer\'s')
    if maturity:
        same(bill.find(NS + 'maturity').get('payable'), bank_day(maturity), f'{name}: paid on a banking day')


UNDER_CREDIT = 'DRAWN UNDER HUANGPU BANK L/C No LC26HP00731 DATED 12 JAN 2026.'
BANK = 'Huangpu Bank, Shanghai'
BUYER = 'Jiading Fluid Technology Co Ltd'


def bills():
    found = settle('sight')
    check_bill('sight', found, 'AT SIGHT', None, UNDER_CREDIT, BANK)
    same(tree(found, 'bill-of-exchange.xml').find(NS + 'date').get('latest'), days_after(SHIPPED, 21), 'sight: to be dated by the last day')
    due = days_after(SHIPPED, 60)
    found = settle('usance', method('lc-usance', '60', 'bl-date'))
    check_bill('usance', found, f'AT 60 DAYS AFTER BILL OF LADING DATE {printed(SHIPPED)}', due, UNDER_CREDIT, BANK)
    found = settle('deferred', method('lc-usance', '60', 'bl-date') + [('<availableBy>.*?</availableBy>', '<availableBy>deferred</availableBy>')])
    ok('bill-of-exchange.xml' not in found, 'deferred payment: no bill of exchange')
    found = settle('no-draft', [('<drafts>.*?</drafts>', '')])
    ok('bill-of-exchange.xml' not in found, 'a sight credit that asks for no draft: none')
    found = settle('dp', method('dp') + WITHOUT_CREDIT)
    check_bill('dp', found, 'AT SIGHT', None, 'D/P, COVERING INVOICE MM-26-1180.', BUYER)
    due = days_after(INVOICED, 90)
    found = settle('da', method('da', '90', 'invoice-date') + WITHOUT_CREDIT)
    check_bill('da', found, f'AT 90 DAYS AFTER INVOICE DATE {printed(INVOICED)}', due, 'D/A, COVERING INVOICE MM-26-1180.', BUYER)
    found = settle('odd', [('(<amount currency="USD">)25720.00(</amount>\\s*<tolerancePlus>)', r'\g<1>24000.07\g<2>'),
                           ('<tolerancePlus>5<', '<tolerancePlus>0<')])
    check_bill('odd', found, 'AT SIGHT', None, UNDER_CREDIT, BANK, '24000.07')
    for name in ('tt-advance', 'tt-after', 'open-account', 'consignment'):
        ok('bill-of-exchange.xml' not in settle(name, method(name) + WITHOUT_CREDIT), f'{name}: no bill of exchange')


bills()
done()
