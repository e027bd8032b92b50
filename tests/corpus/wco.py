"""The declaration in the WCO DEC dialect."""
from xml.sax.saxutils import escape


def item(c, i):
    return f"""
      <GovernmentAgencyGoodsItem>
        <SequenceNumeric>{i.number}</SequenceNumeric>
        <Commodity>
          <Description>{escape(i.text)}</Description>
          <Classification><ID>{i.code}</ID><IdentificationTypeCode>TSP</IdentificationTypeCode></Classification>
          <GoodsMeasure>
            <GrossMassMeasure unitCode="KGM">{i.gross}</GrossMassMeasure>
            <NetNetWeightMeasure unitCode="KGM">{i.net}</NetNetWeightMeasure>
          </GoodsMeasure>
          <InvoiceLine><ItemChargeAmount currencyID="{c.currency}">{i.price}</ItemChargeAmount></InvoiceLine>
        </Commodity>
        <GovernmentProcedure><CurrentCode>10</CurrentCode><PreviousCode>00</PreviousCode></GovernmentProcedure>
        <Origin><CountryCode>{i.origin}</CountryCode><TypeCode>1</TypeCode></Origin>
        <Packaging>
          <SequenceNumeric>1</SequenceNumeric>
          <MarksNumbersID>{c.lrn}</MarksNumbersID>
          <QuantityQuantity>{i.packages}</QuantityQuantity>
          <TypeCode>CT</TypeCode>
        </Packaging>
      </GovernmentAgencyGoodsItem>"""


def declaration(c):
    name, street, city, postcode, country, port, _ = c.buyer
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">
  <md:WCOTypeName>DEC</md:WCOTypeName>
  <Declaration>
    <FunctionCode>9</FunctionCode>
    <FunctionalReferenceID>{c.lrn}</FunctionalReferenceID>
    <TypeCode>EXA</TypeCode>
    <GoodsItemQuantity>{len(c.items)}</GoodsItemQuantity>
    <InvoiceAmount currencyID="{c.currency}">{c.total}</InvoiceAmount>
    <TotalGrossMassMeasure unitCode="KGM">{c.gross}</TotalGrossMassMeasure>
    <TotalPackageQuantity>{c.packages}</TotalPackageQuantity>
    <Agent><Name>{c.agent[1]}</Name><ID>{c.agent[0]}</ID><FunctionCode>2</FunctionCode></Agent>
    <BorderTransportMeans><Name>{c.vessel}</Name><ModeCode>1</ModeCode></BorderTransportMeans>
    <Declarant><Name>{c.agent[1]}</Name><ID>{c.agent[0]}</ID></Declarant>
    <ExitOffice><ID>3104</ID></ExitOffice>
    <Exporter><Name>{c.exporter[1]}</Name><ID>{c.exporter[0]}</ID></Exporter>
    <GoodsShipment>
      <TransactionNatureCode>11</TransactionNatureCode>
      <Consignee>
        <Name>{escape(name)}</Name>
        <Address><CityName>{city}</CityName><CountryCode>{country}</CountryCode><Line>{street}</Line><PostcodeID>{postcode}</PostcodeID></Address>
      </Consignee>
      <Consignment>
        <ContainerCode>1</ContainerCode>
        <TransportEquipment><SequenceNumeric>1</SequenceNumeric><ID>{c.container}</ID></TransportEquipment>
      </Consignment>
      <Destination><CountryCode>{country}</CountryCode></Destination>
      <ExportCountry><ID>CN</ID></ExportCountry>{''.join(item(c, i) for i in c.items)}
      <TradeTerms><ConditionCode>{c.incoterm}</ConditionCode><LocationName>Ningbo</LocationName></TradeTerms>
    </GoodsShipment>
  </Declaration>
</md:MetaData>
"""
