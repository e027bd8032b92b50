"""The declaration as DecMessage of China's single window: its own numbers for terms, modes and units."""
from xml.sax.saxutils import escape

TERMS = {'CIF': '1', 'CFR': '2', 'FOB': '3'}


def item(c, i):
    country = c.buyer[6]
    return f"""
    <DecList>
      <GNo>{i.number}</GNo>
      <CodeTS>{i.code}</CodeTS>
      <GName>{escape(i.text)}</GName>
      <GQty>{i.pieces}</GQty>
      <GUnit>007</GUnit>
      <DeclPrice>{(i.price / i.pieces).quantize(i.price) if i.pieces else i.price}</DeclPrice>
      <DeclTotal>{i.price}</DeclTotal>
      <TradeCurr>{c.currency}</TradeCurr>
      <OriginCountry>{country}</OriginCountry>
      <DestinationCountry>CHN</DestinationCountry>
      <DutyMode>1</DutyMode>
    </DecList>"""


def declaration(c):
    name, street, city, postcode, country, port, long_country = c.buyer
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<DecMessage xmlns="http://www.chinaport.gov.cn/dec" version="4.8">
  <DecHead>
    <IEFlag>E</IEFlag>
    <AgentCodeScc>{c.agent[0]}</AgentCodeScc>
    <AgentName>{c.agent[1]}</AgentName>
    <ContrNo>{c.contract}</ContrNo>
    <CustomMaster>3104</CustomMaster>
    <IEPort>3104</IEPort>
    <TradeMode>0110</TradeMode>
    <CutMode>101</CutMode>
    <TradeCoScc>{c.exporter[0]}</TradeCoScc>
    <TradeName>{c.exporter[1]}</TradeName>
    <OverseasConsigneeEname>{escape(name)}</OverseasConsigneeEname>
    <TrafMode>2</TrafMode>
    <TrafName>{c.vessel}</TrafName>
    <TradeCountry>{long_country}</TradeCountry>
    <TradeAreaCode>{long_country}</TradeAreaCode>
    <TransMode>{TERMS[c.incoterm]}</TransMode>
    <PackNo>{c.packages}</PackNo>
    <WrapType>22</WrapType>
    <GrossWet>{c.gross}</GrossWet>
    <NetWt>{c.net}</NetWt>
    <MarkNo>{c.lrn}</MarkNo>
    <EntryType>M</EntryType>
  </DecHead>
  <DecLists>{''.join(item(c, i) for i in c.items)}
  </DecLists>
  <DecContainers>
    <Container><ContainerId>{c.container}</ContainerId><GoodsNo>{','.join(str(i.number) for i in c.items)}</GoodsNo></Container>
  </DecContainers>
  <DecSign>
    <OperType>C</OperType>
    <ClientSeqNo>{c.lrn}</ClientSeqNo>
  </DecSign>
</DecMessage>
"""
