#!/usr/bin/env python3
"""Makes the benchmark's corpus: corpus.py FOLDER COUNT writes COUNT zip bundles, the same for every run.

Each is an export by sea from the United Kingdom, clean by intent: a WCO declaration, UBL invoice and packing list, a
shipping order, an event log, an inspection record, a mandate, every second one a licence. The number of items is
long-tailed as in PERFORMANCE 0: median 5, some hundreds now and then, two bundles of 1,999.
"""
import pathlib
import random
import sys
import zipfile
from decimal import Decimal

# Code, words, and the supplementary unit that the tariff of the fixtures asks for.
CODES = [("82041100", "Spanners, hand-operated, non-adjustable", "KGM"), ("82041200", "Spanners, hand-operated, adjustable", "KGM"),
         ("84137021", "Centrifugal pumps, submersible, single-stage", "NAR"), ("87089997", "Parts of motor vehicles, drop forged", "")]
BUYERS = [("Tiger Hardware Sdn Bhd", "12 Harbour Drive", "Port Klang", "42000", "MY", "MYPKG"),
          ("Maple Hardware Ltd", "18 Pier Road", "Halifax", "B3H 4R7", "CA", "CAHAL"),
          ("Harbour Tools LLC", "400 Pier Street", "Houston", "77002", "US", "USHOU")]
LETTERS = {**{str(d): d for d in range(10)},
           **dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                      [n for n in range(10, 39) if n % 11]))}


def check_digit(text):
    return sum(LETTERS[c] << p for p, c in enumerate(text)) % 11 % 10


def mrn(number):
    head = f"26GB5K2XW{number:07d}A"[:17]
    return head + str(check_digit(head))


def container(number):
    head = f"CSQU{number % 1000000:06d}"
    return head + str(check_digit(head))


def item_count(dice, number):
    if number in (311, 733):
        return 1999
    if dice.random() < 0.008:
        return 200
    return max(1, min(120, int(dice.lognormvariate(1.6, 1.0))))


class Consignment:
    def __init__(self, number):
        dice = random.Random(number)
        self.number = number
        self.mrn = mrn(number)
        self.lrn = f"FELIX-2026-{number:06d}"
        self.ducr = f"6GB123456789000-FX{number:06d}"
        self.buyer = dice.choice(BUYERS)
        self.container = container(number)
        self.seal = f"GB{700000 + number}"
        self.invoice = f"INV-2026-{number:06d}"
        self.items = []
        for n in range(1, item_count(dice, number) + 1):
            code, text, unit = dice.choice(CODES)
            pieces = dice.randrange(10, 400)
            cartons = dice.randrange(1, 40)
            net = Decimal(dice.randrange(2000, 90000)) / 100
            price = Decimal(dice.randrange(150, 9000)) / 100
            self.items.append({"n": n, "code": code, "unit": unit, "text": f"{text}, type {dice.randrange(100, 999)}", "pieces": pieces,
                               "cartons": cartons, "net": net, "gross": net + Decimal(cartons) / 2,
                               "price": price, "amount": price * pieces})
        self.total = sum((i["amount"] for i in self.items), Decimal(0))
        self.gross = sum((i["gross"] for i in self.items), Decimal(0))
        self.net = sum((i["net"] for i in self.items), Decimal(0))
        self.cartons = sum(i["cartons"] for i in self.items)
        self.licence = number % 2 == 0

    def declaration(self):
        name, street, city, postcode, country, _ = self.buyer
        items = "".join(f"""
      <GovernmentAgencyGoodsItem>
        <SequenceNumeric>{i['n']}</SequenceNumeric>
        <StatisticalValueAmount currencyID="GBP">{i['amount']:.2f}</StatisticalValueAmount>
        <Commodity>
          <Description>{i['text']}</Description>
          <Classification>
            <ID>{i['code']}</ID>
            <IdentificationTypeCode>TSP</IdentificationTypeCode>
          </Classification>
          <GoodsMeasure>
            <GrossMassMeasure unitCode="KGM">{i['gross']}</GrossMassMeasure>
            <NetNetWeightMeasure unitCode="KGM">{i['net']}</NetNetWeightMeasure>
{self.supplementary(i)}          </GoodsMeasure>
        </Commodity>
        <GovernmentProcedure>
          <CurrentCode>10</CurrentCode>
          <PreviousCode>40</PreviousCode>
        </GovernmentProcedure>
        <GovernmentProcedure>
          <CurrentCode>000</CurrentCode>
        </GovernmentProcedure>
        <Origin>
          <CountryCode>GB</CountryCode>
          <TypeCode>1</TypeCode>
        </Origin>
        <Packaging>
          <SequenceNumeric>1</SequenceNumeric>
          <MarksNumbersID>{self.lrn}/{i['n']}</MarksNumbersID>
          <QuantityQuantity>{i['cartons']}</QuantityQuantity>
          <TypeCode>CT</TypeCode>
        </Packaging>
      </GovernmentAgencyGoodsItem>""" for i in self.items)
        documents = f"""
    <AdditionalDocument>
      <CategoryCode>X</CategoryCode>
      <ID>XL-2026-{self.number:06d}</ID>
      <TypeCode>002</TypeCode>
      <LPCOExemptionCode>AE</LPCOExemptionCode>
    </AdditionalDocument>""" if self.licence else ""
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" xmlns="urn:wco:datamodel:WCO:DEC-DMS:2" xmlns:ds="urn:wco:datamodel:WCO:Declaration_DS:DMS:2">
  <md:WCODataModelVersionCode>3.6</md:WCODataModelVersionCode>
  <md:WCOTypeName>DEC</md:WCOTypeName>
  <md:ResponsibleCountryCode>GB</md:ResponsibleCountryCode>
  <md:ResponsibleAgencyName>HMRC</md:ResponsibleAgencyName>
  <md:AgencyAssignedCustomizationVersionCode>v2.1</md:AgencyAssignedCustomizationVersionCode>
  <Declaration>
    <FunctionCode>9</FunctionCode>
    <FunctionalReferenceID>{self.lrn}</FunctionalReferenceID>
    <ID>{self.mrn}</ID>
    <TypeCode>EXA</TypeCode>
    <GoodsItemQuantity>{len(self.items)}</GoodsItemQuantity>
    <InvoiceAmount currencyID="GBP">{self.total:.2f}</InvoiceAmount>
    <TotalGrossMassMeasure unitCode="KGM">{self.gross}</TotalGrossMassMeasure>
    <TotalPackageQuantity>{self.cartons}</TotalPackageQuantity>{documents}
    <Agent>
      <ID>GB987654321000</ID>
      <FunctionCode>2</FunctionCode>
    </Agent>
    <BorderTransportMeans>
      <ID>9074729</ID>
      <IdentificationTypeCode>10</IdentificationTypeCode>
      <RegistrationNationalityCode>GB</RegistrationNationalityCode>
      <ModeCode>1</ModeCode>
    </BorderTransportMeans>
    <Consignment>
      <Carrier>
        <ID>GB200774518000</ID>
      </Carrier>
      <Itinerary>
        <SequenceNumeric>1</SequenceNumeric>
        <RoutingCountryCode>GB</RoutingCountryCode>
      </Itinerary>
      <Itinerary>
        <SequenceNumeric>2</SequenceNumeric>
        <RoutingCountryCode>{country}</RoutingCountryCode>
      </Itinerary>
    </Consignment>
    <Declarant>
      <ID>GB123456789000</ID>
    </Declarant>
    <ExitOffice>
      <ID>GB000041</ID>
    </ExitOffice>
    <Exporter>
      <ID>GB123456789000</ID>
    </Exporter>
    <GoodsShipment>
      <TransactionNatureCode>11</TransactionNatureCode>
      <Consignee>
        <Name>{name}</Name>
        <Address>
          <CityName>{city}</CityName>
          <CountryCode>{country}</CountryCode>
          <Line>{street}</Line>
          <PostcodeID>{postcode}</PostcodeID>
        </Address>
      </Consignee>
      <Consignment>
        <ContainerCode>1</ContainerCode>
        <GoodsLocation>
          <Name>FXTFXTFXT</Name>
          <TypeCode>A</TypeCode>
          <Address>
            <TypeCode>U</TypeCode>
            <CountryCode>GB</CountryCode>
          </Address>
        </GoodsLocation>
        <TransportEquipment>
          <SequenceNumeric>1</SequenceNumeric>
          <ID>{self.container}</ID>
          <Seal>
            <SequenceNumeric>1</SequenceNumeric>
            <ID>{self.seal}</ID>
          </Seal>
        </TransportEquipment>
      </Consignment>
      <Destination>
        <CountryCode>{country}</CountryCode>
      </Destination>
      <ExportCountry>
        <ID>GB</ID>
      </ExportCountry>{items}
      <PreviousDocument>
        <CategoryCode>Z</CategoryCode>
        <ID>{self.ducr}</ID>
        <TypeCode>DCR</TypeCode>
        <LineNumeric>1</LineNumeric>
      </PreviousDocument>
    </GoodsShipment>
  </Declaration>
</md:MetaData>
"""

    @staticmethod
    def supplementary(item):
        if not item["unit"]:
            return ""
        quantity = item["net"] if item["unit"] == "KGM" else item["pieces"]
        return f"""            <TariffQuantity unitCode="{item['unit']}">{quantity}</TariffQuantity>
"""

    def party(self, kind, name, street, city, postcode, country):
        return f"""  <cac:{kind}>
    <cac:Party>
      <cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName>
      <cac:PostalAddress><cbc:StreetName>{street}</cbc:StreetName><cbc:CityName>{city}</cbc:CityName><cbc:PostalZone>{postcode}</cbc:PostalZone><cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    </cac:Party>
  </cac:{kind}>
"""

    def invoice_xml(self):
        seller = self.party("AccountingSupplierParty", "Felix Marine Tools Ltd", "Dock Gate 2", "Felixstowe", "IP11 3SY", "GB")
        buyer = self.party("AccountingCustomerParty", *self.buyer[:5])
        lines = "".join(f"""  <cac:InvoiceLine>
    <cbc:ID>{i['n']}</cbc:ID>
    <cbc:InvoicedQuantity unitCode="NAR">{i['pieces']}</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="GBP">{i['amount']:.2f}</cbc:LineExtensionAmount>
    <cac:Item>
      <cbc:Name>{i['text']}</cbc:Name>
      <cac:OriginCountry><cbc:IdentificationCode>GB</cbc:IdentificationCode></cac:OriginCountry>
      <cac:CommodityClassification><cbc:CommodityCode>{i['code']}</cbc:CommodityCode></cac:CommodityClassification>
    </cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="GBP">{i['price']:.2f}</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
""" for i in self.items)
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:UBLVersionID>2.1</cbc:UBLVersionID>
  <cbc:ID>{self.invoice}</cbc:ID>
  <cbc:IssueDate>2026-02-27</cbc:IssueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>GBP</cbc:DocumentCurrencyCode>
{seller}{buyer}  <cac:DeliveryTerms><cbc:ID>FOB</cbc:ID><cac:DeliveryLocation><cbc:ID>GBFXT</cbc:ID><cbc:Name>Felixstowe</cbc:Name></cac:DeliveryLocation></cac:DeliveryTerms>
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="GBP">{self.total:.2f}</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="GBP">{self.total:.2f}</cbc:TaxExclusiveAmount>
    <cbc:PayableAmount currencyID="GBP">{self.total:.2f}</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
{lines}</Invoice>
"""

    def packing_xml(self):
        lines = "".join(f"""      <cac:GoodsItem>
        <cbc:ID>{i['n']}</cbc:ID>
        <cbc:Description>{i['text']}</cbc:Description>
        <cbc:GrossWeightMeasure unitCode="KGM">{i['gross']}</cbc:GrossWeightMeasure>
        <cbc:NetWeightMeasure unitCode="KGM">{i['net']}</cbc:NetWeightMeasure>
        <cbc:Quantity unitCode="NAR">{i['pieces']}</cbc:Quantity>
      </cac:GoodsItem>
""" for i in self.items)
        return PACKING.format(c=self, lines=lines)

    def record(self, kind, number, issued, issuer, body):
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="urn:tidewaiter:record:1" version="1">
  <number>{number}</number><issuedAt>{issued}</issuedAt><issuer role="office"><name>{issuer}</name></issuer><declaration scheme="MRN">{self.mrn}</declaration><declaration scheme="LRN">{self.lrn}</declaration>
{body}</{kind}>
"""

    def records(self):
        name, street, city, postcode, country, port = self.buyer
        goods = "".join(f"""  <goods><n>{i['n']}</n><code>{i['code'][:6]}</code><description>{i['text']}</description><packages>{i['cartons']}</packages><packageType>CT</packageType><grossMass unit="KGM">{i['gross']}</grossMass></goods>
""" for i in self.items[:20])
        yield "shipping-order.xml", self.record("shippingOrder", f"SO-{self.number}", "2026-03-02T09:00:00Z", "Seagull Line (UK) Agency", f"""  <booking>SGLU{self.number:07d}</booking><shipper><name>Felix Marine Tools Ltd</name></shipper><consignee><name>{name}</name><address><line>{street}</line><city>{city}</city><country>{country}</country></address></consignee><toOrder>false</toOrder><carrier><name>Seagull Line</name></carrier>
  <means><mode>1</mode><id scheme="IMO">9074729</id><name>Seagull Pioneer</name><journey>026E</journey></means><portOfLoading><locode>GBFXT</locode></portOfLoading><portOfDischarge><locode>{port}</locode></portOfDischarge>
  <freight>collect</freight><originals>3</originals><etd>2026-03-10T04:00:00Z</etd><eta>2026-04-02T10:00:00Z</eta><loadingPlanned>2026-03-09T20:00:00Z</loadingPlanned><cutOff><type>customs</type><at>2026-03-09T18:00:00Z</at></cutOff>
  <equipment><id>{self.container}</id><sizeType>42G1</sizeType><seal><number>{self.seal}</number></seal></equipment>
{goods}""")
        yield "events.xml", self.record("eventLog", f"LOG-{self.number}", "2026-03-09T07:00:00Z", "Felixstowe", """  <event n="1"><type>lodged</type><at>2026-03-02T09:10:00Z</at></event>
  <event n="2"><type>accepted</type><at>2026-03-02T09:10:02Z</at><office>GB000041</office><automatic>true</automatic></event>
  <event n="3"><type>controlNotified</type><at>2026-03-02T10:00:00Z</at><office>GB000041</office><reference scheme="order">ORD-%06d</reference><mode>physical</mode></event>
  <event n="4"><type>inspected</type><at>2026-03-03T12:40:00Z</at><office>GB000041</office><officer role="lead"><id>FX2210</id></officer><reference scheme="inspection">INS-%06d</reference><result>A1</result></event>
""" % (self.number, self.number))
        yield "inspection.xml", self.record("inspection", f"INS-{self.number:06d}", "2026-03-03T13:00:00Z", "Felixstowe export control", f"""  <order><number>ORD-{self.number:06d}</number><at>2026-03-02T10:00:00Z</at><office>GB000041</office><officer>FX4100</officer><mode>physical</mode><extent>partial</extent><item>1</item><container>{self.container}</container></order>
  <office>GB000041</office>
  <selection><by>random</by></selection>
  <mode>physical</mode><extent>partial</extent>
  <place><locode>GBFXT</locode></place>
  <startedAt>2026-03-03T12:00:00Z</startedAt><endedAt>2026-03-03T12:40:00Z</endedAt>
  <officer role="lead"><id>FX2210</id></officer><officer role="second"><id>FX1875</id></officer>
  <attendant role="agent" present="true"><id scheme="EORI">GB987654321000</id><name>Orwell Brokers Ltd</name></attendant>
  <item ref="1"><packagesOpened>1</packagesOpened><packagesCounted>{self.items[0]['cartons']}</packagesCounted><found><code>{self.items[0]['code']}</code><quantity unit="NAR">{self.items[0]['pieces']}</quantity><netMass unit="KGM">{self.items[0]['net']}</netMass></found><result>match</result></item>
  <equipment><id>{self.container}</id><opened>true</opened><sealFound><number>S{self.number}</number><condition>intact</condition></sealFound><sealBroken><number>S{self.number}</number><at>2026-03-03T12:05:00Z</at><officer>FX2210</officer></sealBroken><sealSet><number>{self.seal}</number><issuer>customs</issuer><class>H</class><at>2026-03-03T12:38:00Z</at><officer>FX1875</officer></sealSet></equipment>
  <annotation id="A1"><about>goodsItem[1]/quantity</about><text>Counted and weighed, as declared.</text><officer>FX2210</officer><at>2026-03-03T12:39:00Z</at></annotation>
  <result>conforms</result>
  <signature role="lead"><signer>FX2210</signer><at>2026-03-03T12:55:00Z</at><method>electronic</method></signature>
  <signature role="second"><signer>FX1875</signer><at>2026-03-03T12:56:00Z</at><method>electronic</method></signature>
""")
        yield "mandate.xml", self.record("mandate", "POA-2023-44", "2023-01-02T09:00:00Z", "Felix Marine Tools Ltd", """  <principal><id scheme="EORI">GB123456789000</id><name>Felix Marine Tools Ltd</name></principal><agent><id scheme="EORI">GB987654321000</id><name>Orwell Brokers Ltd</name></agent><kind>direct</kind><validFrom>2023-01-02</validFrom><scope>export</scope>
""")
        if self.licence:
            granted = {}
            for i in self.items:
                granted[i["code"]] = granted.get(i["code"], 0) + i["net"]
            lines = "".join(f"  <line n=\"{n}\"><code>{code}</code><quantity unit=\"KGM\">{net}</quantity></line>\n"
                            for n, (code, net) in enumerate(granted.items(), 1))
            yield "licence.xml", self.record("licence", f"XL-2026-{self.number:06d}", "2026-01-10T09:00:00Z", "Export licensing office", f"""  <type>export</type><holder><id scheme="EORI">GB123456789000</id><name>Felix Marine Tools Ltd</name></holder><destination>{country}</destination><validFrom>2026-01-10</validFrom><validTo>2026-12-31</validTo><uses>multiple</uses>
{lines}  <status>valid</status>
""")

    def files(self):
        yield "declaration.xml", self.declaration()
        yield "invoice.xml", self.invoice_xml()
        yield "packing-list.xml", self.packing_xml()
        yield from self.records()


PACKING = """<?xml version="1.0" encoding="UTF-8"?>
<PackingList xmlns="urn:oasis:names:specification:ubl:schema:xsd:PackingList-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:UBLVersionID>2.1</cbc:UBLVersionID>
  <cbc:ID>PL-{c.number:06d}</cbc:ID>
  <cbc:IssueDate>2026-02-27</cbc:IssueDate>
  <cac:ConsignorParty><cac:PartyName><cbc:Name>Felix Marine Tools Ltd</cbc:Name></cac:PartyName></cac:ConsignorParty>
  <cac:Shipment>
    <cbc:ID>{c.lrn}</cbc:ID>
    <cbc:GrossWeightMeasure unitCode="KGM">{c.gross}</cbc:GrossWeightMeasure>
    <cbc:NetWeightMeasure unitCode="KGM">{c.net}</cbc:NetWeightMeasure>
    <cbc:TotalTransportHandlingUnitQuantity>{c.cartons}</cbc:TotalTransportHandlingUnitQuantity>
{lines}  </cac:Shipment>
</PackingList>
"""


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, int(sys.argv[2]) + 1):
        with zipfile.ZipFile(folder / f"{number:06d}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle:
            for name, text in Consignment(number).files():
                bundle.writestr(zipfile.ZipInfo(name, (2026, 3, 9, 8, 0, 0)), text, zipfile.ZIP_DEFLATED, 6)


if __name__ == "__main__":
    main()
