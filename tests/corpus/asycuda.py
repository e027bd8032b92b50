"""The declaration as a SAD of ASYCUDA World."""
from xml.sax.saxutils import escape


def item(c, i):
    return f"""
  <Item>
    <Packages>
      <Number_of_packages>{i.packages}</Number_of_packages>
      <Marks1_of_packages>{c.lrn}</Marks1_of_packages>
      <Kind_of_packages_code>CT</Kind_of_packages_code>
    </Packages>
    <IncoTerms><Code>{c.incoterm}</Code><Place>Ningbo</Place></IncoTerms>
    <Tarification>
      <HScode><Commodity_code>{i.code}</Commodity_code></HScode>
      <Extended_customs_procedure>1000</Extended_customs_procedure>
      <National_customs_procedure>000</National_customs_procedure>
      <Item_price>{i.price}</Item_price>
    </Tarification>
    <Goods_description>
      <Country_of_origin_code>{i.origin}</Country_of_origin_code>
      <Commercial_Description>{escape(i.text)}</Commercial_Description>
    </Goods_description>
    <Valuation_item>
      <Weight_itm><Gross_weight_itm>{i.gross}</Gross_weight_itm><Net_weight_itm>{i.net}</Net_weight_itm></Weight_itm>
    </Valuation_item>
  </Item>"""


def container(c, i):
    return f"""
  <Container><Item_Number>{i.number}</Item_Number><Container_identity>{c.container}</Container_identity></Container>"""


def declaration(c):
    name, street, city, postcode, country, port, _ = c.buyer
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<ASYCUDA id="{700000 + c.number}">
  <Property>
    <Sad_flow>E</Sad_flow>
    <Nbers><Total_number_of_items>{len(c.items)}</Total_number_of_items><Total_number_of_packages>{c.packages}</Total_number_of_packages></Nbers>
  </Property>
  <Identification>
    <Office_segment><Customs_clearance_office_code>3104</Customs_clearance_office_code></Office_segment>
    <Type><Type_of_declaration>EX</Type_of_declaration><Declaration_gen_procedure_code>1</Declaration_gen_procedure_code></Type>
  </Identification>
  <Traders>
    <Exporter><Exporter_code>{c.exporter[0]}</Exporter_code><Exporter_name>{c.exporter[1]}</Exporter_name></Exporter>
    <Consignee><Consignee_name>{escape(name)}
{street}
{postcode} {city}</Consignee_name></Consignee>
  </Traders>
  <Declarant>
    <Declarant_code>{c.agent[0]}</Declarant_code>
    <Declarant_name>{c.agent[1]}</Declarant_name>
    <Reference><Number>{c.lrn}</Number></Reference>
  </Declarant>
  <General_information>
    <Country>
      <Trading_country>{country}</Trading_country>
      <Export><Export_country_code>CN</Export_country_code></Export>
      <Destination><Destination_country_code>{country}</Destination_country_code></Destination>
    </Country>
  </General_information>
  <Transport>
    <Means_of_transport>
      <Border_information><Identity>{c.vessel}</Identity><Mode>1</Mode></Border_information>
    </Means_of_transport>
    <Container_flag>true</Container_flag>
    <Delivery_terms><Code>{c.incoterm}</Code><Place>Ningbo</Place></Delivery_terms>
    <Border_office><Code>3104</Code></Border_office>
  </Transport>
  <Financial><Financial_transaction><code1>1</code1><code2>1</code2></Financial_transaction></Financial>
  <Valuation>
    <Gs_Invoice><Amount_foreign_currency>{c.total}</Amount_foreign_currency><Currency_code>{c.currency}</Currency_code></Gs_Invoice>
    <Total><Total_invoice>{c.total}</Total_invoice><Total_weight>{c.gross}</Total_weight></Total>
  </Valuation>
  {''.join(container(c, i) for i in c.items)}{''.join(item(c, i) for i in c.items)}
</ASYCUDA>
"""
