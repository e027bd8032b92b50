"""The papers beside the declaration, as UBL: invoice and packing list."""
from xml.sax.saxutils import escape

HEAD = ('xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
        'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"')


def party(kind, name, street, city, postcode, country):
    return f"""
  <cac:{kind}><cac:Party>
    <cac:PartyName><cbc:Name>{escape(name)}</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cbc:StreetName>{street}</cbc:StreetName><cbc:CityName>{city}</cbc:CityName><cbc:PostalZone>{postcode}</cbc:PostalZone><cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  </cac:Party></cac:{kind}>"""


def invoice(c):
    lines = ''.join(f"""
  <cac:InvoiceLine>
    <cbc:ID>{i.number}</cbc:ID>
    <cbc:InvoicedQuantity unitCode="C62">{i.pieces}</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="{c.currency}">{i.price}</cbc:LineExtensionAmount>
    <cac:Item><cbc:Description>{escape(i.text)}</cbc:Description></cac:Item>
  </cac:InvoiceLine>""" for i in c.items)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" {HEAD}>
  <cbc:ID>{c.invoice}</cbc:ID>
  <cbc:IssueDate>2026-02-27</cbc:IssueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>{c.currency}</cbc:DocumentCurrencyCode>{party('AccountingSupplierParty', c.exporter[1], 'Haixing Road 3', 'Ningbo', '315800', 'CN')}{party('AccountingCustomerParty', *c.buyer[:5])}
  <cac:DeliveryTerms><cbc:ID>{c.incoterm}</cbc:ID></cac:DeliveryTerms>
  <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="{c.currency}">{c.total}</cbc:PayableAmount></cac:LegalMonetaryTotal>{lines}
</Invoice>
"""
