"""The declaration as CC515C of the EU's export system."""
from xml.sax.saxutils import escape


def item(c, i):
    return f"""
    <GoodsItem>
      <declarationGoodsItemNumber>{i.number}</declarationGoodsItemNumber>
      <Procedure><requestedProcedure>10</requestedProcedure><previousProcedure>00</previousProcedure></Procedure>
      <Origin><countryOfOrigin>{i.origin}</countryOfOrigin></Origin>
      <Commodity>
        <descriptionOfGoods>{escape(i.text)}</descriptionOfGoods>
        <CommodityCode>
          <harmonizedSystemSubHeadingCode>{i.code[:6]}</harmonizedSystemSubHeadingCode>
          <combinedNomenclatureCode>{i.code[6:]}</combinedNomenclatureCode>
        </CommodityCode>
        <GoodsMeasure><grossMass>{i.gross}</grossMass><netMass>{i.net}</netMass></GoodsMeasure>
      </Commodity>
      <Packaging>
        <sequenceNumber>1</sequenceNumber>
        <typeOfPackages>CT</typeOfPackages>
        <numberOfPackages>{i.packages}</numberOfPackages>
        <shippingMarks>{c.lrn}</shippingMarks>
      </Packaging>
    </GoodsItem>"""


def declaration(c):
    name, street, city, postcode, country, port, _ = c.buyer
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ie:CC515C xmlns:ie="http://ecs.dgtaxud.ec">
  <messageSender>{c.agent[0]}</messageSender>
  <messageRecipient>NECA.CN</messageRecipient>
  <preparationDateAndTime>2026-03-02T07:02:00Z</preparationDateAndTime>
  <messageIdentification>{c.lrn}</messageIdentification>
  <messageType>CC515C</messageType>
  <ExportOperation>
    <LRN>{c.lrn}</LRN>
    <declarationType>EX</declarationType>
    <additionalDeclarationType>A</additionalDeclarationType>
    <security>0</security>
    <totalAmountInvoiced>{c.total}</totalAmountInvoiced>
    <invoiceCurrency>{c.currency}</invoiceCurrency>
  </ExportOperation>
  <CustomsOfficeOfExport><referenceNumber>CN003104</referenceNumber></CustomsOfficeOfExport>
  <CustomsOfficeOfExitDeclared><referenceNumber>CN003104</referenceNumber></CustomsOfficeOfExitDeclared>
  <Exporter><identificationNumber>{c.exporter[0][:17]}</identificationNumber><name>{c.exporter[1]}</name></Exporter>
  <Declarant><identificationNumber>{c.agent[0][:17]}</identificationNumber><name>{c.agent[1]}</name></Declarant>
  <Representative><identificationNumber>{c.agent[0][:17]}</identificationNumber><status>2</status></Representative>
  <GoodsShipment>
    <natureOfTransaction>11</natureOfTransaction>
    <countryOfExport>CN</countryOfExport>
    <countryOfDestination>{country}</countryOfDestination>
    <DeliveryTerms><incotermCode>{c.incoterm}</incotermCode><location>Ningbo</location><country>CN</country></DeliveryTerms>
    <Consignment>
      <containerIndicator>1</containerIndicator>
      <modeOfTransportAtTheBorder>1</modeOfTransportAtTheBorder>
      <grossMass>{c.gross}</grossMass>
      <Consignee>
        <name>{escape(name)}</name>
        <Address><streetAndNumber>{street}</streetAndNumber><postcode>{postcode}</postcode><city>{city}</city><country>{country}</country></Address>
      </Consignee>
      <TransportEquipment>
        <sequenceNumber>1</sequenceNumber>
        <containerIdentificationNumber>{c.container}</containerIdentificationNumber>
        <numberOfSeals>0</numberOfSeals>
      </TransportEquipment>
      <ActiveBorderTransportMeans>
        <typeOfIdentification>11</typeOfIdentification>
        <identificationNumber>{c.vessel}</identificationNumber>
      </ActiveBorderTransportMeans>
    </Consignment>{''.join(item(c, i) for i in c.items)}
  </GoodsShipment>
</ie:CC515C>
"""
