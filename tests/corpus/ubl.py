"""The declaration as UBL ExportCustomsDeclaration."""
from xml.sax.saxutils import escape


def party(kind, number, name):
    return f"""<cac:{kind}>
    <cac:PartyIdentification><cbc:ID schemeID="USCC">{number}</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName>"""


def item(c, i):
    return f"""
      <cac:GoodsItem>
        <cbc:SequenceNumberID>{i.number}</cbc:SequenceNumberID>
        <cbc:Description>{escape(i.text)}</cbc:Description>
        <cbc:ValueAmount currencyID="{c.currency}">{i.price}</cbc:ValueAmount>
        <cbc:GrossWeightMeasure unitCode="KGM">{i.gross}</cbc:GrossWeightMeasure>
        <cbc:NetNetWeightMeasure unitCode="KGM">{i.net}</cbc:NetNetWeightMeasure>
        <cbc:CustomsProcedureCode>1000</cbc:CustomsProcedureCode>
        <cac:Item>
          <cac:OriginCountry><cbc:IdentificationCode>{i.origin}</cbc:IdentificationCode></cac:OriginCountry>
          <cac:CommodityClassification><cbc:CommodityCode>{i.code}</cbc:CommodityCode></cac:CommodityClassification>
        </cac:Item>
        <cac:ContainingPackage><cbc:Quantity>{i.packages}</cbc:Quantity><cbc:PackagingTypeCode>CT</cbc:PackagingTypeCode></cac:ContainingPackage>
      </cac:GoodsItem>"""


def declaration(c):
    name, street, city, postcode, country, port, _ = c.buyer
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ExportCustomsDeclaration xmlns="urn:oasis:names:specification:ubl:schema:xsd:ExportCustomsDeclaration-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:UBLVersionID>2.3</cbc:UBLVersionID>
  <cbc:ID>{c.lrn}</cbc:ID>
  <cbc:IssueDate>2026-03-02</cbc:IssueDate>
  <cbc:ExportTypeCode>EXA</cbc:ExportTypeCode>
  <cbc:ExportReasonCode>11</cbc:ExportReasonCode>
  {party('ExporterParty', *c.exporter)}
    {party('AgentParty', *c.agent)}</cac:AgentParty>
  </cac:ExporterParty>
  <cac:CustomsDeclaration>
    <cbc:ID>{c.lrn}</cbc:ID>
    <cac:Shipment>
      <cbc:ID>1</cbc:ID>
      <cac:Consignment>
        <cbc:ID>1</cbc:ID>
        <cbc:TotalInvoiceAmount currencyID="{c.currency}">{c.total}</cbc:TotalInvoiceAmount>
        <cbc:GrossWeightMeasure unitCode="KGM">{c.gross}</cbc:GrossWeightMeasure>
        <cbc:ContainerizedIndicator>true</cbc:ContainerizedIndicator>
        <cbc:TotalGoodsItemQuantity>{len(c.items)}</cbc:TotalGoodsItemQuantity>
        <cac:FinalDestinationCountry><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:FinalDestinationCountry>
        <cac:DeliveryTerms>
          <cbc:ID>{c.incoterm}</cbc:ID>
          <cac:DeliveryLocation><cbc:Name>Ningbo</cbc:Name></cac:DeliveryLocation>
        </cac:DeliveryTerms>
        <cac:MainCarriageShipmentStage>
          <cbc:TransportModeCode>1</cbc:TransportModeCode>
          <cac:TransportMeans><cac:MaritimeTransport><cbc:VesselName>{c.vessel}</cbc:VesselName></cac:MaritimeTransport></cac:TransportMeans>
        </cac:MainCarriageShipmentStage>
        <cac:TransportHandlingUnit>
          <cbc:TotalPackageQuantity>{c.packages}</cbc:TotalPackageQuantity>
          <cbc:ShippingMarks>{c.lrn}</cbc:ShippingMarks>
          <cac:TransportEquipment><cbc:ID>{c.container}</cbc:ID></cac:TransportEquipment>
        </cac:TransportHandlingUnit>
      </cac:Consignment>{''.join(item(c, i) for i in c.items)}
      <cac:ExportCountry><cbc:IdentificationCode>CN</cbc:IdentificationCode></cac:ExportCountry>
    </cac:Shipment>
    <cac:CustomsExitOfficeLocation><cbc:ID>3104</cbc:ID></cac:CustomsExitOfficeLocation>
    <cac:ConsigneeParty>
      <cac:PartyName><cbc:Name>{escape(name)}</cbc:Name></cac:PartyName>
      <cac:PostalAddress><cbc:StreetName>{street}</cbc:StreetName><cbc:CityName>{city}</cbc:CityName><cbc:PostalZone>{postcode}</cbc:PostalZone><cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    </cac:ConsigneeParty>
    <cac:CustomsParty><cac:PartyIdentification><cbc:ID>3104</cbc:ID></cac:PartyIdentification></cac:CustomsParty>
  </cac:CustomsDeclaration>
</ExportCustomsDeclaration>
"""
